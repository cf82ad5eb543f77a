using System.Globalization;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1012: may a POST or PATCH be sent again although the first one may have been carried out? A written policy is done as written,
/// unlike the default, which repeats them only when they provably did not arrive.
/// </summary>
internal sealed class UnsafeRetryAnalyzer : IAnalyzer
{
    public string Name => "mesh.UnsafeMethodRetried";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.UnsafeMethodRetried];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                var rule = virtualService.Spec.Http[i];
                var unsafeMethod = rule.Match.Select(static m => m.Method?.Exact).FirstOrDefault(static m => m is "POST" or "PATCH");
                if (unsafeMethod is not null && rule.Retries is { Attempts: > 0, RetryOn: { } conditions } && Doubtful(conditions) is { Length: > 0 } doubtful)
                {
                    report.Add(
                        MeshMessages.UnsafeMethodRetried, virtualService.Document, $"spec.http[{i}].retries.retryOn",
                        $"'{doubtful}' repeats a {unsafeMethod} that may have been carried out; keep to connect-failure, refused-stream, reset-before-request, or make the call idempotent");
                }
            }
        }
    }

    private static string Doubtful(string conditions) => string.Join(',', conditions
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(static c => c is "5xx" or "gateway-error" or "reset" or "retriable-4xx" or "retriable-status-codes" or "retriable-headers" or "deadline-exceeded" or "internal" or "cancelled"
            || int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out _)));
}
