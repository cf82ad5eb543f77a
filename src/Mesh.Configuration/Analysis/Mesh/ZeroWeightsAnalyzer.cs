namespace Mesh.Configuration.Analysis;

/// <summary>MESH1003: has every destination of a rule the weight 0? Nothing is left to choose from, in Istio's and Gateway API's rules alike.</summary>
internal sealed class ZeroWeightsAnalyzer : IAnalyzer
{
    public string Name => "mesh.ZeroWeights";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.ZeroWeights];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                // One destination gets everything whatever its weight.
                var route = virtualService.Spec.Http[i].Route;
                var path = $"spec.http[{i}]";
                if (route.Count > 1 && route.All(static r => r.Weight is null or 0) && !virtualService.Document.Problems.Any(p => p.Field.StartsWith(path, StringComparison.Ordinal)))
                {
                    report.Add(MeshMessages.ZeroWeights, virtualService.Document, $"{path}.route", $"every destination of rule #{i} has the weight 0: requests get 503; give one a weight");
                }
            }
        }

        Routes(input.OfKind(DocumentKind.HttpRoute), report, "requests get 500");
        Routes(input.OfKind(DocumentKind.GrpcRoute), report, "calls get UNAVAILABLE");
    }

    private static void Routes(IReadOnlyList<AnalysisDocument> routes, AnalysisReport report, string outcome)
    {
        foreach (var route in routes)
        {
            var rules = route.Part("spec").List("rules");
            for (var i = 0; i < rules.Count; i++)
            {
                var backends = rules[i].List("backendRefs");
                if (backends.Count > 0 && backends.All(static b => b.Text("weight") == "0"))
                {
                    report.Add(MeshMessages.ZeroWeights, route, $"spec.rules[{i}].backendRefs", $"every backend of rule #{i} has the weight 0: {outcome}; give one a weight");
                }
            }
        }
    }
}
