using System.Text.Json.Nodes;

namespace Mesh.Cli.Schemas;

/// <summary>
/// Writes the JSON Schema of a kind whose fields are known from its spec records only. It describes and completes, and refuses little:
/// what such a kind requires is said by <c>meshctl validate</c>.
/// </summary>
internal sealed class SpecWriter(XmlDocs docs)
{
    /// <summary>Records inside each other; none of the specs comes near it.</summary>
    private const int MaxDepth = 16;

    public JsonObject Write(Type spec) => Object(spec, MaxDepth);

    private JsonObject Object(Type spec, int depth)
    {
        var properties = new JsonObject();
        foreach (var property in SpecTypes.Properties(spec))
        {
            var json = Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, depth - 1);
            if (docs.Of(property) is { } description)
            {
                json["description"] = description;
            }

            properties[JsonNames.Of(property.Name)] = json;
        }

        // Fields may be read in another shape than their record's, so unknown ones are left to the reader.
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = true };
    }

    private JsonObject Value(Type type, int depth)
    {
        if (depth == 0)
        {
            return [];
        }

        if (SpecTypes.ItemOf(type) is { } item)
        {
            return new JsonObject { ["type"] = "array", ["items"] = Value(Nullable.GetUnderlyingType(item) ?? item, depth - 1) };
        }

        if (SpecTypes.ValueOf(type) is { } value)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(value, depth - 1) };
        }

        if (type.IsEnum)
        {
            // A list to choose from; how a document spells a value is the reader's business.
            return new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(static n => JsonValue.Create(n))]) },
                    new JsonObject { ["type"] = "string" }),
            };
        }

        return type switch
        {
            _ when type == typeof(string) => new JsonObject { ["type"] = new JsonArray("string", "number") },
            _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
            _ when type == typeof(int) || type == typeof(long) => new JsonObject { ["type"] = "integer" },
            _ when type == typeof(TimeSpan) => SpecTypes.Duration(),
            _ when SpecTypes.IsSpec(type) => Object(type, depth),
            _ => [],
        };
    }
}
