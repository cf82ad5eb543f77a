namespace Mesh.PropertyTests.Reading;

/// <summary>One document of each kind that routes requests, to be damaged.</summary>
internal static class TestMeshDocuments
{
    public const string Everything = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: catalog }
        spec:
          hosts: [catalog]
          http:
          - name: items
            match:
            - uri: { prefix: /items }
              headers: { x-user: { regex: "[a-z]+" } }
            - uri: { exact: /all }
            route:
            - destination: { host: catalog, subset: v1 }
              weight: 90
            - destination: { host: catalog, subset: v2, port: { number: 80 } }
              weight: 10
            timeout: 1.5s
            retries: { attempts: 3, perTryTimeout: 200ms, retryOn: "5xx,reset" }
            fault:
              delay: { fixedDelay: 5s, percentage: { value: 0.1 } }
          - redirect: { uri: /elsewhere, redirectCode: 302 }
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: catalog
        spec:
          host: catalog
          trafficPolicy:
            loadBalancer: { simple: LEAST_REQUEST }
            connectionPool: { tcp: { connectTimeout: 1s }, http: { http2MaxRequests: 10 } }
            outlierDetection: { consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 50 }
          subsets:
          - name: v1
            labels: &labels
              version: v1
          - name: v2
            labels: *labels
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
          - { address: 10.0.0.1, labels: { version: v1 } }
          - { address: 10.0.0.2, ports: { http: 8080 }, weight: 3 }
        """;
}
