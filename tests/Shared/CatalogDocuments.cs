namespace Mesh.Tests.Shared;

/// <summary>
/// The mesh that costs are measured on, as a team would write it: a route on a prefix, a 90/10 split, LEAST_REQUEST over the endpoints, outlier detection.
/// Both subsets select all endpoints, so that load spreads as it does without a mesh. The bench and the test that holds requests to their bytes share it.
/// </summary>
internal static class CatalogDocuments
{
    /// <summary>A rule with written retries and times, for paths below <c>/written</c>.</summary>
    public const string WrittenRule = """
          - name: written
            match:
            - uri: { prefix: /written }
            route:
            - destination: { host: catalog, subset: v1 }
            timeout: 10s
            retries: { attempts: 2, perTryTimeout: 2s, retryOn: 5xx }

        """;

    /// <summary>The documents.</summary>
    /// <param name="endpoints">Endpoints in YAML's flow style, without labels: <c>address: 10.0.0.1</c>.</param>
    /// <param name="firstRules">Rules before those of the split.</param>
    /// <param name="connectionPool">The connection pool in YAML's flow style; null: the defaults.</param>
    public static string Create(IEnumerable<string> endpoints, string firstRules = "", string? connectionPool = null) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: catalog }
        spec:
          hosts: [catalog]
          http:
        {{firstRules}}  - name: items
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
            {{(connectionPool is null ? "# connection pool: the defaults" : $"connectionPool: {connectionPool}")}}
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
        {{string.Join('\n', endpoints.Select(static e => $"  - {{ {e}, labels: {{ app: catalog }} }}"))}}
        """;
}
