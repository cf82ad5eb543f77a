using System.Text.Json;
using Mesh.Configuration.Sources;
using Mesh.Model;

namespace Mesh.Conformance.Istio;

/// <summary>
/// Istio's scenarios of host precedence and import: which cluster a request for a name gets on a port, and which names are not there at all.
/// Each stands there twice, written as VirtualServices and as HTTPRoutes.
/// </summary>
public sealed class SidecarRouteTests
{
    [TestCase("virtualservice")]
    [TestCase("httproute")]
    public void Every_name_leads_to_the_cluster_that_Istio_gives_it(string variant)
    {
        var services = File.ReadAllText(Corpora.Require("istio", "traffic", "sidecar-routes-services.yaml"));
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Rows.Read("istio", "traffic", "sidecar-routes.json").GetProperty("rows").EnumerateArray())
        {
            if (!row.Text("variant").Equals(variant, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            total++;
            if (Difference(row, services) is { } difference)
            {
                failures[row.Text("id")] = difference;
            }
        }

        ConformanceReport.Settle($"istio/traffic/sidecar-routes ({variant})", total, failures, new Dictionary<string, string>());
    }

    private static string? Difference(JsonElement row, string services)
    {
        var model = MeshConfigReader.ReadYaml(
            services + "\n---\n" + row.Text("configYaml"),
            options: new MeshConfigHubOptions { Workload = new Workload { Namespace = row.Text("clientNamespace") } }).Model;
        var port = row.GetProperty("port").GetInt32();
        var expected = row.GetProperty("expectedClustersByVirtualHost");
        if (expected.ValueKind == JsonValueKind.Null)
        {
            var there = model.Services.Where(service => service.Hosts.Count > 0 && Serves(service, port)).Select(static s => s.Name).ToArray();
            return there.Length == 0 ? null : $"port {port} serves {string.Join(", ", there)}";
        }

        foreach (var host in expected.EnumerateObject())
        {
            var actual = Clusters(model, host.Name, port);
            string? wanted = host.Value.ValueKind == JsonValueKind.Null ? null : string.Join(' ', host.Value.EnumerateArray().Select(static c => c.GetString()));
            if (actual != wanted)
            {
                return $"{host.Name}: {actual ?? "nothing"} instead of {wanted ?? "nothing"}";
            }
        }

        return null;
    }

    /// <summary>Clusters of the rules a name has on a port; null when the name is not served there.</summary>
    private static string? Clusters(MeshModel model, string host, int port)
    {
        if (model.Services.FirstOrDefault(s => s.Hosts.Contains(host)) is not { } service || !Serves(service, port))
        {
            return null;
        }

        var governed = service.Rules.Count > 0 && (service.RulePorts.Count == 0 || service.RulePorts.Contains(port));
        return !governed
            ? new ClusterKey(service.Name, port).ToString()
            : string.Join(' ', Reached(service.Rules).SelectMany(static r => ((ForwardAction)r.Action).Destinations).Select(d => (d.Cluster.Port == 0 ? d.Cluster with { Port = port } : d.Cluster).ToString()));
    }

    // What stands behind a rule that takes everything is in no table.
    private static IEnumerable<RouteRule> Reached(ModelList<RouteRule> rules)
    {
        foreach (var rule in rules)
        {
            yield return rule;
            if (rule.Matches.Count == 0 || rule.Matches.Any(static m => m is { Method: null, Scheme: null, Authority: null, Port: null, Headers.Count: 0, QueryParams.Count: 0, Path: null or { Kind: MatchKind.Prefix or MatchKind.PathSeparatedPrefix, Value: "/" } }))
            {
                yield break;
            }
        }
    }

    private static bool Serves(ServiceModel service, int port) => service.Ports.Count == 0 || service.Ports.Any(p => p.Number == port);
}
