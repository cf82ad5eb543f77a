using System.Text.Json.Nodes;
using Mesh.Configuration.Schema;

namespace Mesh.Cli.Schemas;

/// <summary>
/// Writes the schema by which documents are checked as JSON Schema, with the documentation of the specs at each field. The two are walked
/// together: where a field has a property of its name, that is its documentation, and its type that of the fields below.
/// </summary>
internal sealed class FieldSchemaWriter(XmlDocs docs)
{
    public JsonObject Write(FieldSchema schema, Type? spec)
    {
        var json = schema switch
        {
            ObjectSchema fields => Object(fields, spec),
            ListSchema list => List(list, spec),
            MapSchema map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Write(map.Values, SpecTypes.ValueOf(spec)) },
            TextSchema text => Text(text),
            IntegerSchema integer => Integer(integer),
            NumberSchema number => Number(number),
            FlagSchema => new JsonObject { ["type"] = "boolean" },
            _ => [],
        };
        if (schema.IsNullable && json["type"] is JsonValue type)
        {
            json["type"] = new JsonArray(type.GetValue<string>(), "null");
        }

        return json;
    }

    private JsonObject Object(ObjectSchema schema, Type? spec)
    {
        var properties = new JsonObject();
        foreach (var (name, field) in schema)
        {
            var property = SpecTypes.PropertyOf(spec, name);
            var json = Write(field, property?.PropertyType);
            if (property is not null && docs.Of(property) is { } description)
            {
                json["description"] = description;
            }

            properties[name] = json;
        }

        var result = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (!schema.IsOpen)
        {
            result["additionalProperties"] = false;
        }

        if (schema.RequiredFields.Count > 0)
        {
            result["required"] = new JsonArray([.. schema.RequiredFields.Select(static n => JsonValue.Create(n))]);
        }

        if (Excluded(schema) is { Count: > 0 } excluded)
        {
            result["not"] = new JsonObject { ["anyOf"] = excluded };
        }

        return result;
    }

    // Of the fields of a oneof no two may be there.
    private static JsonArray Excluded(ObjectSchema schema)
    {
        var pairs = new JsonArray();
        foreach (var names in schema.OneOfs)
        {
            for (var i = 0; i < names.Length; i++)
            {
                for (var j = i + 1; j < names.Length; j++)
                {
                    pairs.Add((JsonNode)new JsonObject { ["required"] = new JsonArray(names[i], names[j]) });
                }
            }
        }

        return pairs;
    }

    private JsonObject List(ListSchema schema, Type? spec)
    {
        var json = new JsonObject { ["type"] = "array", ["items"] = Write(schema.Items, SpecTypes.ItemOf(spec)) };
        if (schema.MinItems > 0)
        {
            json["minItems"] = schema.MinItems;
        }

        if (schema.MaxItems < int.MaxValue)
        {
            json["maxItems"] = schema.MaxItems;
        }

        return json;
    }

    private static JsonObject Text(TextSchema schema)
    {
        if (ReferenceEquals(schema, Fields.Duration))
        {
            return SpecTypes.Duration();
        }

        var json = new JsonObject { ["type"] = "string" };
        if (schema.Words.Count > 0)
        {
            json["enum"] = new JsonArray([.. schema.Words.Select(static w => JsonValue.Create(w))]);
        }

        if (schema.Pattern is { } pattern)
        {
            json["pattern"] = pattern;
        }

        if (schema.MinLength > 0)
        {
            json["minLength"] = schema.MinLength;
        }

        if (schema.MaxLength < int.MaxValue)
        {
            json["maxLength"] = schema.MaxLength;
        }

        return json;
    }

    private static JsonObject Integer(IntegerSchema schema)
    {
        var json = new JsonObject { ["type"] = schema.OrText ? new JsonArray("integer", "string") : "integer" };
        if (schema.Min > int.MinValue)
        {
            json["minimum"] = schema.Min;
        }

        if (schema.Max <= uint.MaxValue)
        {
            json["maximum"] = schema.Max;
        }

        return json;
    }

    private static JsonObject Number(NumberSchema schema)
    {
        var json = new JsonObject { ["type"] = "number" };
        if (schema.Min > double.MinValue)
        {
            json["minimum"] = schema.Min;
        }

        if (schema.Max < double.MaxValue)
        {
            json["maximum"] = schema.Max;
        }

        return json;
    }
}
