using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1013: does a rule inject faults that its own retries or time limit are meant to meet? Faults come before both, so the two never
/// meet. Source: Istio's filter order.
/// </summary>
internal sealed class FaultAnalyzer : IAnalyzer
{
    public string Name => "mesh.FaultNotRetried";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.FaultNotRetried];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                if (Check(virtualService.Spec.Http[i]) is { } text)
                {
                    report.Add(MeshMessages.FaultNotRetried, virtualService.Document, $"spec.http[{i}].fault", text);
                }
            }
        }
    }

    private static string? Check(HTTPRouteSpec rule)
    {
        if (rule.Fault?.Abort is not null && rule.Retries?.Attempts > 0)
        {
            return "an injected abort is never retried, so the rule's retries do not meet it; inject it at the callee to test them";
        }

        return rule.Fault?.Delay is not null && rule.Timeout is { Ticks: > 0 }
            ? "an injected delay does not count against the rule's timeout; inject it at the callee, or in another rule, to test that"
            : null;
    }
}
