using System.Text.Json.Nodes;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;

namespace Mesh.Cli.Schemas;

/// <summary>A kind that a schema can be printed of.</summary>
/// <param name="Kind">Kind, <c>VirtualService</c>.</param>
/// <param name="Group">Its API group.</param>
/// <param name="Reader">How its documents are read.</param>
internal sealed record SchemaKind(string Kind, string Group, KindReader Reader)
{
    /// <summary><c>Gateway.networking.istio.io</c>, as kubectl writes it.</summary>
    public string FullName => $"{Kind}.{Group}";
}

/// <summary>The JSON Schema (draft 7, which editors know best) of each kind the mesh reads, and of all of them together.</summary>
internal static class KindSchemas
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";
    private static readonly XmlDocs s_docs = XmlDocs.Of(typeof(KindReader).Assembly);

    /// <summary>The kinds that routing and policies are written in. For Kubernetes' own editors have schemas already.</summary>
    public static IReadOnlyList<SchemaKind> All { get; } =
    [
        .. from kind in FrontEnd.AdmissionKinds
           where kind.ReadDocument is null && kind.ApiVersions[0].Contains('.')
           select new SchemaKind(kind.Kind, kind.ApiVersions[0][..kind.ApiVersions[0].IndexOf('/')], kind),
    ];

    /// <summary>The kinds of a name: <c>Gateway</c> is two, <c>Gateway.networking.istio.io</c> one.</summary>
    public static IReadOnlyList<SchemaKind> Find(string name) =>
        [.. All.Where(k => k.Kind.Equals(name, StringComparison.OrdinalIgnoreCase) || k.FullName.Equals(name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The schema of documents of one kind.</summary>
    public static JsonObject Of(SchemaKind kind)
    {
        var schema = Document(kind);
        schema.Insert(0, "$schema", Draft);
        return schema;
    }

    /// <summary>A schema of any document: each kind by its own, other kinds as they like.</summary>
    public static JsonObject OfAll()
    {
        var definitions = new JsonObject();
        var cases = new JsonArray();
        foreach (var kind in All)
        {
            definitions[kind.FullName] = Document(kind);
            cases.Add((JsonNode)new JsonObject
            {
                ["if"] = new JsonObject
                {
                    ["properties"] = new JsonObject { ["apiVersion"] = Versions(kind), ["kind"] = new JsonObject { ["const"] = kind.Kind } },
                    ["required"] = new JsonArray("apiVersion", "kind"),
                },
                ["then"] = new JsonObject { ["$ref"] = $"#/definitions/{kind.FullName}" },
            });
        }

        return new JsonObject
        {
            ["$schema"] = Draft,
            ["title"] = "Configuration of the mesh",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["kind"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = Names() }, new JsonObject { ["type"] = "string" }) },
            },
            ["allOf"] = cases,
            ["definitions"] = definitions,
        };
    }

    private static JsonArray Names() => new([.. All.Select(static k => k.Kind).Distinct(StringComparer.Ordinal).Select(static k => JsonValue.Create(k))]);

    private static JsonObject Document(SchemaKind kind)
    {
        var spec = SpecOf(kind.Reader);
        var json = new JsonObject { ["title"] = kind.Kind };
        if (spec is not null && s_docs.Of(spec) is { } description)
        {
            json["description"] = description;
        }

        json["type"] = "object";
        json["required"] = new JsonArray("apiVersion", "kind", "metadata");
        json["properties"] = new JsonObject
        {
            ["apiVersion"] = Versions(kind),
            ["kind"] = new JsonObject { ["const"] = kind.Kind },
            ["metadata"] = Metadata(),
            ["spec"] = kind.Reader.Schema is { } schema ? new FieldSchemaWriter(s_docs).Write(schema().Spec, spec) : spec is null ? [] : new SpecWriter(s_docs).Write(spec),
            ["status"] = new JsonObject { ["type"] = "object", ["description"] = "Written by controllers; not read." },
        };

        return json;
    }

    private static JsonObject Metadata() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["name"] = new JsonObject { ["type"] = "string" },
            ["namespace"] = new JsonObject { ["type"] = "string" },
            ["labels"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            ["annotations"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
        },
    };

    private static JsonObject Versions(SchemaKind kind) => new() { ["enum"] = new JsonArray([.. kind.Reader.ApiVersions.Select(static v => JsonValue.Create(v))]) };

    // The record a kind is read into, learned by reading a document that has nothing in it.
    private static Type? SpecOf(KindReader kind)
    {
        try
        {
            var type = kind.ReadSpec(new ObjectReader("spec", ConfigNode.OfMapping([], [], default), new ProblemSink())).GetType();
            return SpecTypes.IsSpec(type) ? type : null;
        }
        catch (InvalidOperationException)
        {
            // A reader that cannot do without a field tells nothing of its record.
            return null;
        }
    }
}
