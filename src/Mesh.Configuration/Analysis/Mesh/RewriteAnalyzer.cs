namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1016: does a rule rewrite paths although it matches none? It counts as matching the prefix <c>/</c>, so <c>uri: /v2</c> makes
/// <c>/v2orders</c> of <c>/orders</c>. Source: Istio's prefix rewrite.
/// </summary>
internal sealed class RewriteAnalyzer : IAnalyzer
{
    public string Name => "mesh.RewriteWithoutPathMatch";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.RewriteWithoutPathMatch];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                var rule = virtualService.Spec.Http[i];
                if (rule.Rewrite is { UriRegexRewrite: null, Uri: { Length: > 0 } uri } && !uri.EndsWith('/')
                    && (rule.Match.Count == 0 || rule.Match.Any(static m => m.Uri is null or { Prefix: "/" })))
                {
                    report.Add(
                        MeshMessages.RewriteWithoutPathMatch, virtualService.Document, $"spec.http[{i}].rewrite.uri",
                        $"only the leading '/' is replaced: /orders becomes {uri}orders; write '{uri}/', or match the prefix that is meant");
                }
            }
        }
    }
}
