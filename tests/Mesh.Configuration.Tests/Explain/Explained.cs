using Mesh.Configuration.Explain;
using Mesh.Configuration.Sources;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Explain;

/// <summary>Asks what becomes of a request under some documents or a model.</summary>
internal static class Explained
{
    public static Explanation By(string yaml, ExplainRequest request, Workload? workload = null)
    {
        var snapshot = MeshConfigReader.ReadYaml(yaml, "mesh.yaml", new MeshConfigHubOptions { Workload = workload ?? Workload.Default });
        Assert.That(snapshot.Problems.Where(static p => p.Severity == Diagnostics.ConfigProblemSeverity.Error), Is.Empty);
        return By(snapshot.Model, request);
    }

    public static Explanation By(string yaml, string url, params (string Name, string Value)[] headers) => By(yaml, Request(url, headers));

    public static Explanation By(MeshModel model, ExplainRequest request) => new MeshExplainer(model).Explain(request);

    public static ExplainRequest Request(string url, params (string Name, string Value)[] headers) => new()
    {
        Url = new Uri(url),
        Headers = [.. headers.Select(static h => KeyValuePair.Create(h.Name, h.Value))],
    };

    public static ServiceModel Service(string name, params RouteRule[] rules) => new()
    {
        Name = name,
        Hosts = [name],
        Ports = [new ServicePort(80)],
        Rules = [.. rules],
    };

    public static RouteRule To(ForwardAction action, params RouteMatch[] matches) => new() { Name = "r", Matches = [.. matches], Action = action };

    public static ForwardAction Forward(string service) => new() { Destinations = [new RouteDestination(new ClusterKey(service, 80))] };
}
