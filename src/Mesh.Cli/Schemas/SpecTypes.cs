using System.Reflection;
using System.Text.Json.Nodes;
using Mesh.Model;

namespace Mesh.Cli.Schemas;

/// <summary>The types of the specs as a JSON Schema sees them.</summary>
internal static class SpecTypes
{
    /// <summary>The property a field of a document is read into; null when there is none.</summary>
    public static PropertyInfo? PropertyOf(Type? spec, string field) =>
        IsSpec(spec) ? Properties(spec!).FirstOrDefault(p => JsonNames.Of(p.Name) == field) : null;

    public static IEnumerable<PropertyInfo> Properties(Type spec) =>
        spec.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetMethod is not null && p.SetMethod is not null);

    /// <summary>The type of the items of a list.</summary>
    public static Type? ItemOf(Type? type) => Argument(type, typeof(ModelList<>));

    /// <summary>The type of the values of a map.</summary>
    public static Type? ValueOf(Type? type) => Argument(type, typeof(ModelMap<>));

    /// <summary>True for a record that stands for an object of a document.</summary>
    public static bool IsSpec(Type? type) => type is { IsClass: true } && type.Namespace?.StartsWith("Mesh.Configuration", StringComparison.Ordinal) is true;

    /// <summary>A duration, <c>1.5s</c>.</summary>
    public static JsonObject Duration() => new()
    {
        ["type"] = "string",
        ["pattern"] = @"^\+?(0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$",
        ["examples"] = new JsonArray("1s", "250ms", "1m30s"),
    };

    private static Type? Argument(Type? type, Type definition) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments()[0] : null;
}
