namespace Mesh.Cli.Tests;

/// <summary>A configuration to ask about.</summary>
internal static class Reviews
{
    public const string Yaml = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: reviews }
        spec:
          hosts: [reviews]
          http:
          - name: testers
            match: [{ headers: { end-user: { exact: jason } } }]
            route: [{ destination: { host: reviews, subset: v2 } }]
          - match: [{ uri: { prefix: /old } }]
            redirect: { uri: /new, redirectCode: 302 }
          - route:
            - { destination: { host: reviews, subset: v1 }, weight: 80 }
            - { destination: { host: reviews, subset: v3 }, weight: 20 }
            timeout: 1s
            rewrite: { authority: reviews.internal }
            headers: { request: { set: { x-a: "1" } } }
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: reviews }
        spec:
          host: reviews
          subsets:
          - { name: v1, labels: { version: v1 } }
          - { name: v2, labels: { version: v2 } }
        """;

    public const string Broken = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: ratings }
        spec: { hosts: [ratings], http: [{ route: [{ destinatoin: { host: ratings } }] }] }
        """;
}
