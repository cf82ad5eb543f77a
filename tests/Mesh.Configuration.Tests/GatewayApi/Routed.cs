using Mesh.Configuration.Explain;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>Documents as one configuration, asked where requests go.</summary>
internal sealed class Routed
{
    private readonly MeshExplainer _explainer;

    private Routed(ConfigSnapshot snapshot)
    {
        Snapshot = snapshot;
        _explainer = new MeshExplainer(snapshot.Model);
    }

    public ConfigSnapshot Snapshot { get; }

    public IEnumerable<string> Warnings => Snapshot.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Warning).Select(static p => p.Message);

    public static Routed By(string yaml, string @namespace = "default")
    {
        var snapshot = MeshConfigReader.ReadYaml(yaml, "mesh.yaml", new MeshConfigHubOptions { Workload = Workload.Default with { Namespace = @namespace } });
        Assert.That(snapshot.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).Select(static p => p.ToString()), Is.Empty);
        return new Routed(snapshot);
    }

    /// <summary>Services of the namespace, each with ports 80 (<c>http</c>) and 8080 (<c>alt</c>).</summary>
    public static string Services(string @namespace, params ReadOnlySpan<string> names)
    {
        var text = "";
        foreach (var name in names)
        {
            text += $"""
                apiVersion: v1
                kind: Service
                metadata: {"{"}name: {name}, namespace: {@namespace}{"}"}
                spec: {"{"}selector: {"{"}app: {name}{"}"}, ports: [{"{"}name: http, port: 80{"}"}, {"{"}name: alt, port: 8080{"}"}]{"}"}
                ---

                """;
        }

        return text;
    }

    /// <summary>A route on a Service of its namespace.</summary>
    public static string OnService(string name, string rules, string service = "shop", string @namespace = "default", string kind = "HTTPRoute", string parent = "") =>
        Documents.Text(kind, name, $"parentRefs: [{{group: \"\", kind: Service, name: {service}{(parent.Length > 0 ? ", " + parent : "")}}}]\nrules:\n{rules}", @namespace);

    public static string OnGateway(string name, string rules, string hostnames = "", string @namespace = "default", string parent = "name: edge", string kind = "HTTPRoute") =>
        Documents.Text(kind, name, $"parentRefs: [{{{parent}}}]\nhostnames: [{hostnames}]\nrules:\n{rules}", @namespace);

    /// <summary>A rule that sends what matches to a service.</summary>
    public static string To(string service, string matches = "", string port = "80") =>
        $"- {{{(matches.Length > 0 ? $"matches: [{matches}], " : "")}backendRefs: [{{name: {service}, port: {port}}}]}}";

    public Explanation Ask(string url, string method = "GET", string? gateway = null, params (string Name, string Value)[] headers) => _explainer.Explain(new ExplainRequest
    {
        Url = new Uri(url),
        Method = method,
        Gateway = gateway is null ? null : ("default", gateway),
        Headers = [.. headers.Select(static h => KeyValuePair.Create(h.Name, h.Value))],
    });

    /// <summary>The service a request goes to, or the status it is answered with.</summary>
    public string Answer(string url, string method = "GET", string? gateway = null, params (string Name, string Value)[] headers)
    {
        var explained = Ask(url, method, gateway, headers);
        return explained.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? string.Join(",", explained.Destinations.Select(static d => d.Service));
    }
}
