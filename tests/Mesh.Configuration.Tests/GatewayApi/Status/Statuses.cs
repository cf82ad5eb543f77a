using Mesh.Configuration.GatewayApi;
using Mesh.Configuration.Sources;

namespace Mesh.Configuration.Tests.GatewayApi.Status;

/// <summary>The status of documents, and short ways to ask for a condition.</summary>
internal sealed class Statuses(IReadOnlyList<ObjectStatus> objects)
{
    public const string Services = """
        apiVersion: v1
        kind: Service
        metadata: {name: catalog, namespace: default}
        spec: {ports: [{name: http, port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: catalog, namespace: other}
        spec: {ports: [{name: http, port: 80}]}
        ---

        """;

    public const string Certificate = "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----";

    public static Statuses Of(params string[] documents) => new(StatusReader.Read(ConfigBatch.FromYaml("mesh.yaml", Services + string.Concat(documents))).Objects);

    public static string Gateway(string listeners, string rest = "", string name = "edge") =>
        Documents.Text("Gateway", name, $"gatewayClassName: mesh\nlisteners: [{listeners}]\n{rest}");

    public static string Route(string spec, string name = "shop", string @namespace = "default") => Documents.Text("HTTPRoute", name, spec, @namespace);

    public static string Secret(string name, string @namespace = "default", string certificate = Certificate) => $$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: {{name}}, namespace: {{@namespace}}}
        stringData: {tls.crt: "{{certificate}}", tls.key: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}
        ---

        """;

    public static string ConfigMap(string name) => $$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: {{name}}, namespace: default}
        data: {ca.crt: "{{Certificate}}"}
        ---

        """;

    public ObjectStatus this[string kind, string name] => objects.Single(o => o.Kind == kind && o.Name == name);

    public string Parent(string type, string route = "shop", int index = 0) => Show(this["HTTPRoute", route].Parents[index].Conditions, type);

    public string Gateway(string type) => Show(this["Gateway", "edge"].Conditions, type);

    public string Listener(string listener, string type) => Show(this["Gateway", "edge"].Listeners.Single(l => l.Name == listener).Conditions, type);

    public string Set(string type, string set = "more") => Show(this["ListenerSet", set].Conditions, type);

    public string SetListener(string listener, string type, string set = "more") => Show(this["ListenerSet", set].Listeners.Single(l => l.Name == listener).Conditions, type);

    public string OfRoute(string type, string kind, string name = "bytes") => Show(this[kind, name].Parents.Single().Conditions, type);

    public string Ancestor(string type, string policy = "tls") => Show(this["BackendTLSPolicy", policy].Ancestors.Single().Conditions, type);

    private static string Show(IEnumerable<Condition> conditions, string type) =>
        conditions.FirstOrDefault(c => c.Type == type) is { } found ? $"{found.Status} {found.Reason}" : "none";
}
