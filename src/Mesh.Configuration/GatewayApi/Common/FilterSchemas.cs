using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.GatewayApi.ReferenceSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Schemas of the filters that both kinds of routes have, and the rules that tie a filter's type to its field. Source: the CRDs.</summary>
internal static class FilterSchemas
{
    private static readonly ListSchema s_headers =
        ListOf(new ObjectSchema { { "name", HeaderName }, { "value", TextOf(1, 4096) } }.Required("name", "value"), max: 16, key: "name");

    public static ObjectSchema HeaderModifier { get; } = new() { { "set", s_headers }, { "add", s_headers }, { "remove", SetOf(Text, max: 16) } };

    public static ObjectSchema RequestMirror { get; } = new ObjectSchema
    {
        { "backendRef", Backend },
        { "percent", new IntegerSchema(0, 100) },
        {
            "fraction",
            new ObjectSchema { { "numerator", new IntegerSchema(0, int.MaxValue) }, { "denominator", new IntegerSchema(1, int.MaxValue) } }
                .Required("numerator")
                .Rule("numerator must be less than or equal to denominator", static f => f.IntegerAt("numerator", 0) <= f.IntegerAt("denominator", 100))
        },
    }
        .Required("backendRef")
        .Rule("Only one of percent or fraction may be specified in HTTPRequestMirrorFilter", static m => m.CountOf("percent", "fraction") < 2);

    /// <summary>A filter whose <c>type</c> names the one field it has.</summary>
    /// <param name="members">Value of <c>type</c>, its field, and what is in it.</param>
    public static ObjectSchema Filter(params (string Type, string Field, FieldSchema Schema)[] members)
    {
        var filter = new ObjectSchema { { "type", Word([.. members.Select(static m => m.Type)]) } }.Required("type");
        foreach (var (type, field, schema) in members)
        {
            filter.Add(field, schema);
            filter.Rule($"filter.{field} must be nil if the filter.type is not {type}", f => !f.Has(field) || f.TextAt("type") == type);
            filter.Rule($"filter.{field} must be specified for {type} filter.type", f => f.Has(field) || f.TextAt("type") != type);
        }

        return filter;
    }

    /// <summary>Filters of a rule or a backend.</summary>
    /// <param name="filter">One of them.</param>
    /// <param name="single">Types that may occur once.</param>
    public static ListSchema FilterList(ObjectSchema filter, params string[] single)
    {
        var list = ListOf(filter, max: 16);
        foreach (var type in single)
        {
            list.Rule($"{type} filter cannot be repeated", filters => filters.Items.Count(f => f.TextAt("type") == type) <= 1);
        }

        return list;
    }
}
