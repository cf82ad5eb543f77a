namespace Mesh.Client.Tests.Http;

/// <summary>Services with addresses, and routes of the Gateway API on them.</summary>
internal static class GatewayApiYaml
{
    public const string Url = "http://catalog/";

    /// <summary><c>catalog</c> with endpoint 10.0.0.9, and <c>v1</c>, <c>v2</c> (two endpoints) to send its callers to.</summary>
    public static string Services { get; } =
        TestMesh.Service("catalog.default.svc.cluster.local", "10.0.0.9")
        + TestMesh.Service("v1.default.svc.cluster.local", "10.0.0.1")
        + TestMesh.Service("v2.default.svc.cluster.local", "10.0.0.2", "10.0.0.3");

    /// <summary>An HTTPRoute on <c>catalog</c> with the given rules.</summary>
    public static string Route(string rules, string kind = "HTTPRoute") => Services + $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: {kind}
        metadata: {"{"} name: catalog {"}"}
        spec:
          parentRefs: [{"{"} group: "", kind: Service, name: catalog {"}"}]
          rules:
        {string.Join('\n', rules.Split('\n').Select(static line => "  " + line))}
        """;

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
