using Mesh.PropertyTests.Reading;

namespace Mesh.PropertyTests.Fuzzing;

/// <summary>Valid documents of every kind, to be damaged.</summary>
internal static class SeedDocuments
{
    public static readonly string[] Yaml =
    [
        TestMeshDocuments.Everything,
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: { name: viewer, namespace: shop, annotations: { istio.io/dry-run: "true" } }
        spec:
          selector: { matchLabels: { app: catalog } }
          action: DENY
          rules:
          - from:
            - source: { principals: ["cluster.local/ns/shop/sa/web"], notIpBlocks: [10.0.0.0/8, "2001:db8::/32"] }
            to:
            - operation: { methods: [GET], paths: ["/items/{*}/x", "/a*"], ports: ["8080"] }
            when:
            - { key: "request.headers[x-user]", values: ["a", "b*"] }
        ---
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: { name: strict }
        spec:
          selector: { matchLabels: { app: catalog } }
          mtls: { mode: STRICT }
          portLevelMtls: { "8080": { mode: DISABLE } }
        ---
        apiVersion: security.istio.io/v1
        kind: RequestAuthentication
        metadata: { name: tokens }
        spec:
          jwtRules:
          - issuer: https://issuer.example.com
            jwks: '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}'
            fromHeaders: [{ name: x-token, prefix: "Bearer " }]
            outputClaimToHeaders: [{ header: x-sub, claim: sub }]
            timeout: 2s
        """,
        """
        apiVersion: telemetry.istio.io/v1
        kind: Telemetry
        metadata: { name: all }
        spec:
          tracing:
          - providers: [{ name: otel }]
            randomSamplingPercentage: 12.5
            customTags: { cluster: { environment: { name: CLUSTER, defaultValue: none } } }
          metrics:
          - overrides:
            - match: { metric: REQUEST_COUNT, mode: CLIENT }
              tagOverrides: { host: { operation: UPSERT, value: "request.host" } }
          accessLogging:
          - filter: { expression: "response.code >= 400 && has(request.headers['x'])" }
        ---
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata: { name: default }
        spec:
          workloadSelector: { labels: { app: web } }
          egress:
          - hosts: ["./*", "istio-system/*", "*/*.example.com"]
          outboundTrafficPolicy: { mode: REGISTRY_ONLY }
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: { name: edge }
        spec:
          selector: { app: edge }
          servers:
          - port: { number: 443, name: https, protocol: HTTPS }
            hosts: ["shop/*.example.com"]
            tls: { mode: SIMPLE, credentialName: cert, cipherSuites: [ECDHE-RSA-AES128-SHA] }
        ---
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata: { name: machines }
        spec:
          metadata: { labels: { app.kubernetes.io/name: old } }
          template: { ports: { http: 8080 }, serviceAccount: old }
          probe: { httpGet: { port: 8080, path: /health, httpHeaders: [{ name: x, value: y }] }, periodSeconds: 5 }
        ---
        apiVersion: extensions.istio.io/v1alpha1
        kind: WasmPlugin
        metadata: { name: plugin }
        spec:
          url: oci://registry.example.com/plugin:v1
          pluginConfig: { anything: [1, { goes: here }] }
          vmConfig: { env: [{ name: A, value: b }] }
        """,
        """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Service
          metadata: { name: catalog }
          spec: { selector: { app: catalog }, ports: [{ port: 80, targetPort: http, name: http }] }
        - apiVersion: v1
          kind: ConfigMap
          metadata: { name: other }
          data: { key: value }
        ---
        apiVersion: v1
        kind: Secret
        metadata: { name: client }
        type: kubernetes.io/tls
        data:
          tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t
          tls.key: |
            LS0tLS1CRUdJTiBQUklW
            QVRFIEtFWS0tLS0t
        stringData:
          ca.crt: |
            -----BEGIN CERTIFICATE-----
            MIIB
            -----END CERTIFICATE-----
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: catalog }
        spec:
          host: catalog
          workloadSelector: { matchLabels: { app: shop } }
          trafficPolicy: { tls: { mode: MUTUAL, credentialName: client } }
        """,
    ];

    /// <summary>Some of the same in JSON.</summary>
    public static readonly string[] Json =
    [
        """
        {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "catalog"},
         "spec": {"hosts": ["catalog"], "http": [
           {"match": [{"uri": {"prefix": "/items"}, "headers": {"x-user": {"regex": "[a-z]+"}}}], "timeout": "1.5s",
            "route": [{"destination": {"host": "catalog", "subset": "v1", "port": {"number": 80}}, "weight": 90}, {"destination": {"host": "catalog"}, "weight": 10}]},
           {"redirect": {"uri": "/elsewhere", "redirectCode": 302}}]}}
        """,
        """
        [{"apiVersion": "networking.istio.io/v1", "kind": "DestinationRule", "metadata": {"name": "catalog"},
          "spec": {"host": "catalog", "trafficPolicy": {"loadBalancer": {"consistentHash": {"httpCookie": {"name": "c", "ttl": "0s"}, "maglev": {"tableSize": "65537"}}},
           "outlierDetection": {"consecutive5xxErrors": 5, "interval": "10s"}}}},
         {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": {"name": "a"}, "spec": {"rules": [{"to": [{"operation": {"paths": ["/{**}"]}}]}]}}]
        """,
    ];
}
