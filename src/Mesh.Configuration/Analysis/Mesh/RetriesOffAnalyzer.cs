namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1011: has a rule a retry policy without attempts? Zero is the default of the field, so such a policy turns even the mesh's own
/// retries off. <c>retries: {}</c> is taken to mean that.
/// </summary>
internal sealed class RetriesOffAnalyzer : IAnalyzer
{
    public string Name => "mesh.RetriesOff";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.RetriesOff];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                if (virtualService.Spec.Http[i].Retries is { Attempts: null or 0 } retries
                    && (retries.RetryOn is not null || retries.PerTryTimeout is not null || retries.Backoff is not null || retries.RetryRemoteLocalities is true))
                {
                    report.Add(MeshMessages.RetriesOff, virtualService.Document, $"spec.http[{i}].retries", "without 'attempts' there are no retries, and the rest of the policy does nothing; add 'attempts'");
                }
            }
        }
    }
}
