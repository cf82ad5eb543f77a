using System.Diagnostics.Metrics;
using System.Globalization;
using Mesh.Client;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Peers.Modes;

/// <summary>
/// The mesh as a team would configure it, by AddServiceMesh() and YAML: a route on a prefix, a 90/10 split, LEAST_REQUEST over three
/// endpoints, the default retries, outlier detection. Both subsets select all three endpoints, so that load spreads as in the other modes.
/// </summary>
internal static class MeshSetup
{
    // Listeners live as long as the process; this keeps the collector from them.
    private static MeterListener? s_listener;

    /// <summary>A mesh over these ports of this machine, or over the stub.</summary>
    public static IServiceMesh Create(int[] ports, bool upgradeToHttp2 = false, HttpMessageHandler? transport = null)
    {
        var yaml = CatalogDocuments.Create(
            ports.Select(static p => string.Create(CultureInfo.InvariantCulture, $"address: 127.0.0.1, ports: {{ http: {p} }}")),
            connectionPool: $"{{ http: {{ h2UpgradePolicy: {(upgradeToHttp2 ? "UPGRADE" : "DEFAULT")} }} }}");
        var services = new ServiceCollection();
        services.AddServiceMesh(builder => builder.AddConfigSource(new InMemoryConfigSource(ConfigBatch.FromYaml("catalog.yaml", yaml))));
        var provider = services.BuildServiceProvider();
        if (transport is not null)
        {
            provider.GetRequiredService<MeshRuntime>().Transports.Override = _ => transport;
        }

        var mesh = provider.GetRequiredService<IServiceMesh>();
        mesh.WaitUntilReadyAsync().GetAwaiter().GetResult();
        return mesh.Problems.FirstOrDefault(static p => p.Severity == ConfigProblemSeverity.Error) is { } problem
            ? throw new InvalidOperationException(problem.ToString())
            : mesh;
    }

    /// <summary>Somebody listens from now on.</summary>
    public static void ListenToMetrics() => s_listener = MetricsListener.Start();
}
