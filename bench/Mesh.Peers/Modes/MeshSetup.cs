using System.Diagnostics.Metrics;
using System.Globalization;
using Mesh.Client;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Peers.Modes;

/// <summary>
/// The mesh as a team would configure it, by AddServiceMesh() and YAML: a route on a prefix, a 90/10 split, LEAST_REQUEST over three
/// endpoints, the default retries, outlier detection. Both subsets select all three endpoints, so that load spreads as in the other modes.
/// </summary>
internal static class MeshSetup
{
    private const string Rules = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: catalog }
        spec:
          hosts: [catalog]
          http:
          - name: items
            match:
            - uri: { prefix: /items }
            route:
            - destination: { host: catalog, subset: v1 }
              weight: 90
            - destination: { host: catalog, subset: v2 }
              weight: 10
          - route:
            - destination: { host: catalog, subset: v1 }
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: catalog }
        spec:
          host: catalog
          trafficPolicy:
            loadBalancer: { simple: LEAST_REQUEST }
            connectionPool: { http: { h2UpgradePolicy: UPGRADE-POLICY } }
            outlierDetection: { consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 50 }
          subsets:
          - { name: v1, labels: { app: catalog } }
          - { name: v2, labels: { app: catalog } }
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: { name: catalog }
        spec:
          hosts: [catalog]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{ number: 80, name: http, protocol: HTTP }]
          endpoints:

        """;

    // Listeners live as long as the process; this keeps the collector from them.
    private static MeterListener? s_listener;

    /// <summary>A mesh over these ports of this machine, or over the stub.</summary>
    public static IServiceMesh Create(int[] ports, bool upgradeToHttp2 = false, HttpMessageHandler? transport = null)
    {
        var endpoints = ports.Select(static p => string.Create(CultureInfo.InvariantCulture, $"  - {{ address: 127.0.0.1, ports: {{ http: {p} }}, labels: {{ app: catalog }} }}"));
        var yaml = Rules.Replace("UPGRADE-POLICY", upgradeToHttp2 ? "UPGRADE" : "DEFAULT", StringComparison.Ordinal) + string.Join('\n', endpoints);
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

    /// <summary>Somebody listens: every instrument of the mesh, as an exporter would, but doing nothing with what it hears.</summary>
    public static void ListenToMetrics()
    {
        s_listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Mesh.Client")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        s_listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        s_listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        s_listener.SetMeasurementEventCallback<int>(static (_, _, _, _) => { });
        s_listener.Start();
    }
}
