using Mesh.Testing;

namespace Mesh.FunctionalTests;

/// <summary>The documents most tests need.</summary>
internal static class Yaml
{
    public const string End = "\n---\n";

    /// <summary>A ServiceEntry for <paramref name="host"/> on port 80 whose endpoints are the servers.</summary>
    public static string Service(string host, params LoopbackServer[] servers) => Service(host, "HTTP", [.. servers.Select(static s => (s.Port, ""))]);

    /// <summary>The same with a protocol, and labels written as YAML (<c>version: v1</c>) for each endpoint.</summary>
    public static string Service(string host, string protocol, params (int Port, string Labels)[] endpoints) =>
        $$"""
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: { name: {{host}} }
        spec:
          hosts: [{{host}}]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{ number: 80, name: main, protocol: {{protocol}} }]
          endpoints:
        {{string.Join('\n', endpoints.Select(static e => $"  - {{ address: 127.0.0.1, ports: {{ main: {e.Port} }}, labels: {{ {e.Labels} }} }}"))}}
        """ + End;

    /// <summary>A VirtualService; the rules are the YAML list below <c>http</c>, indented by two.</summary>
    public static string Routes(string host, string rules) =>
        $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: {{host}} }
        spec:
          hosts: [{{host}}]
          http:
        {{rules}}
        """ + End;

    /// <summary>A DestinationRule; the policy is YAML in flow style, the subsets are names that select by <c>version</c>.</summary>
    public static string Policy(string host, string policy, params string[] subsets) =>
        $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: {{host}} }
        spec:
          host: {{host}}
          {{(policy.Length > 0 ? $"trafficPolicy: {{ {policy} }}" : "# no policy")}}
          subsets: [{{string.Join(", ", subsets.Select(static s => $"{{ name: {s}, labels: {{ version: {s} }} }}"))}}]
        """ + End;
}
