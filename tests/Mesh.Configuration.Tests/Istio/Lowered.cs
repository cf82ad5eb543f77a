using Mesh.Configuration.Istio;
using Mesh.Configuration.Lowering;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

/// <summary>Documents read, checked and lowered as one.</summary>
internal sealed record Lowered(MeshModel Model, IReadOnlyList<ConfigProblem> Problems, IReadOnlyList<ConfigDocument> Documents)
{
    public IEnumerable<string> Errors => Of(ConfigProblemSeverity.Error);

    public IEnumerable<string> Warnings => Of(ConfigProblemSeverity.Warning);

    public static Lowered From(string yaml, LoweringOptions? options = null, params ReadOnlySpan<string> services)
    {
        var (documents, problems) = Read(yaml);
        foreach (var name in services)
        {
            documents.Add(Discovered(name));
        }

        var sink = new ProblemSink();
        var model = MeshLowering.Lower(documents, options ?? new LoweringOptions(), sink);
        return new(model, [.. problems, .. sink.Problems], documents);
    }

    public static (List<ConfigDocument> Documents, List<ConfigProblem> Problems) Read(string yaml)
    {
        var reader = new DocumentReader(FrontEnd.Kinds, "default");
        var results = YamlDocuments.Split(yaml).SelectMany(static part => YamlNodes.Read("mesh.yaml", part)).SelectMany(d => reader.Read(d, "mesh.yaml")).ToList();
        return ([.. results.Select(static r => r.Document).OfType<ConfigDocument>()], [.. results.SelectMany(static r => r.Problems)]);
    }

    /// <summary>The service a host names.</summary>
    public ServiceModel Service(string host) => Model.Services.Single(s => s.Hosts.Contains(host) || s.Name == host);

    public ClusterModel Cluster(string host, int port = 0, string? subset = null) =>
        Service(host).Clusters.Single(c => c.Key.Port == port && c.Key.Subset == subset);

    public ForwardAction Forward(string host, int rule = 0) => (ForwardAction)Service(host).Rules[rule].Action;

    private static ConfigDocument Discovered(string name) => new()
    {
        ApiVersion = "",
        Kind = DiscoveredServiceSpec.Kind,
        Metadata = new ObjectMetadata { Name = name, Namespace = "default" },
        Spec = new DiscoveredServiceSpec { Name = name },
        Origin = new ConfigOrigin(DiscoveredServiceSpec.Kind, "default", name),
    };

    private IEnumerable<string> Of(ConfigProblemSeverity severity) => Problems.Where(p => p.Severity == severity).Select(static p => p.ToString());
}

/// <summary>Short forms of documents for tests.</summary>
internal static class Yaml
{
    public static string Document(string kind, string name, string spec, string @namespace = "default", string? created = null) => $"""
        apiVersion: {(kind == "Service" ? "v1" : kind == "Deployment" ? "apps/v1" : "networking.istio.io/v1")}
        kind: {kind}
        metadata: {"{"}name: {name}, namespace: {@namespace}{(created is null ? "" : $", creationTimestamp: \"{created}\"")}{"}"}
        spec:
        {Indent(spec)}
        ---

        """;

    public static string Service(string name, string @namespace = "default", string ports = "[{port: 80, name: http}]") =>
        Document("Service", name, $"selector: {"{"}app: {name}{"}"}\nports: {ports}", @namespace);

    public static string VirtualService(string name, string spec, string @namespace = "default", string? created = null) => Document("VirtualService", name, spec, @namespace, created);

    public static string DestinationRule(string name, string spec, string @namespace = "default", string? created = null) => Document("DestinationRule", name, spec, @namespace, created);

    /// <summary>A VirtualService for <c>catalog</c> with one rule, given as the fields of the rule.</summary>
    public static string Rule(string rule) => VirtualService("catalog", $"hosts: [catalog]\nhttp:\n- {Indent(rule).TrimStart()}");

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(static line => "  " + line));
}
