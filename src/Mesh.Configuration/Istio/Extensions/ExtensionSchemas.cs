using Mesh.Configuration.Naming;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>Schemas of the kinds that put code into a proxy. They are checked and never act here. Source: Istio's CustomResourceDefinitions.</summary>
internal static class ExtensionSchemas
{
    private const string UrlMessage = "url must have schema one of [http, https, file, oci]";

    private static readonly ListSchema s_match = ListOf(new ObjectSchema
    {
        { "mode", Word("UNDEFINED", "CLIENT", "SERVER", "CLIENT_AND_SERVER") },
        { "ports", ListOf(new ObjectSchema { { "number", new IntegerSchema(1, 65535) } }.Required("number"), key: "number") },
    });

    private static readonly ObjectSchema s_env = new ObjectSchema
    {
        { "name", TextOf(1, 256) },
        { "valueFrom", Word("INLINE", "HOST") },
        { "value", TextOf(0, 2048) },
    }.Required("name").Rule("value may only be set when valueFrom is INLINE", static env => env.TextAt("valueFrom") != "HOST" || !env.Has("value"));

    public static KindSchema WasmPlugin { get; } = new(
        Module(new ObjectSchema
        {
            { "selector", PolicySelector },
            { "targetRef", TargetRef },
            { "targetRefs", TargetRefs },
            { "phase", Word("UNSPECIFIED_PHASE", "AUTHN", "AUTHZ", "STATS") },
            { "priority", OptionalInt },
            { "match", s_match },
        }).Rule(OneAttachment, static spec => spec.CountOf("selector", "targetRef", "targetRefs") <= 1),
        RequiresSpec: true);

    public static KindSchema TrafficExtension { get; } = new(
        new ObjectSchema
        {
            { "selector", PolicySelector },
            { "targetRefs", TargetRefs },
            { "phase", Word("EXECUTION_PHASE_UNSPECIFIED", "EXECUTION_PHASE_AUTHN", "EXECUTION_PHASE_AUTHZ", "EXECUTION_PHASE_STATS", "UNSPECIFIED", "AUTHN", "AUTHZ", "STATS") },
            { "priority", OptionalInt },
            { "match", s_match },
            { "wasm", Module(new ObjectSchema()) },
            { "lua", new ObjectSchema { { "inlineCode", TextOf(1, 65536) } }.Required("inlineCode") },
        }
        .Rule(OneAttachment, static spec => spec.CountOf("selector", "targetRefs") <= 1)
        .Rule("exactly one of wasm or lua must be set", static spec => spec.CountOf("wasm", "lua") == 1),
        RequiresSpec: true);

    private static IntegerSchema OptionalInt => new(int.MinValue, int.MaxValue) { IsNullable = true };

    private static ObjectSchema Module(ObjectSchema schema)
    {
        schema.Add("url", TextOf(1).Rule(UrlMessage, HasModuleScheme));
        schema.Add("sha256", TextOf(pattern: "(^$|^[a-f0-9]{64}$)"));
        schema.Add("imagePullPolicy", Word("UNSPECIFIED_POLICY", "IfNotPresent", "Always"));
        schema.Add("imagePullSecret", TextOf(1, 253));
        schema.Add("verificationKey", Text);
        schema.Add("pluginConfig", Anything);
        schema.Add("pluginName", TextOf(1, 256));
        schema.Add("failStrategy", Word("FAIL_CLOSE", "FAIL_OPEN", "FAIL_RELOAD"));
        schema.Add("vmConfig", new ObjectSchema { { "env", ListOf(s_env, max: 256, key: "name") } });
        schema.Add("type", Word("UNSPECIFIED_PLUGIN_TYPE", "HTTP", "NETWORK"));
        return schema.Required("url");
    }

    // A name without scheme is an OCI image. A port makes a scheme of the host's name ("host.com:5000/x"), which Istio refuses, too.
    private static bool HasModuleScheme(string url) => UrlText.TryParseRequest(url, out var scheme)
        ? UrlText.TryParse(url, out _) && scheme is "" or "http" or "https" or "file" or "oci"
        : UrlText.TryParseRequest("http://" + url, out _) && UrlText.TryParse("http://" + url, out _);
}
