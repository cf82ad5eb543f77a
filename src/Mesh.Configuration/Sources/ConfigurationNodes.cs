using Mesh.Configuration.Reading;
using Microsoft.Extensions.Configuration;

namespace Mesh.Configuration.Sources;

/// <summary>
/// A section of IConfiguration as nodes. It has no lists, no types and no case: numbered keys stand for lists, every value is text,
/// and the reader of the nodes has to be lenient. The place of a node is its configuration path.
/// </summary>
internal static class ConfigurationNodes
{
    public static ConfigNode Read(IConfigurationSection section) => Read(section, ReadingLimits.Depth);

    // No kind is that deep: what lies deeper stands below a field that is unknown anyway, and would only cost stack.
    private static ConfigNode Read(IConfigurationSection section, int depth)
    {
        var at = new SourcePosition(section.Path);
        List<KeyValuePair<string, ConfigNode>>? fields = null;
        List<SourcePosition>? positions = null;
        foreach (var child in depth > 0 ? section.GetChildren() : [])
        {
            (fields ??= []).Add(new(child.Key, Read(child, depth - 1)));
            (positions ??= []).Add(new SourcePosition(child.Path));
        }

        if (fields is not null)
        {
            return ConfigNode.OfMapping(fields, positions!, at);
        }

        return section.Value is { } value ? ConfigNode.OfScalar(value, quoted: false, at) : ConfigNode.OfNull(at);
    }

    /// <summary>A mapping made here, as if it stood at <paramref name="at"/>.</summary>
    public static ConfigNode Mapping(SourcePosition at, params ReadOnlySpan<(string Name, ConfigNode Value)> fields)
    {
        var mapping = new MappingBuilder(at);
        foreach (var (name, value) in fields)
        {
            _ = mapping.Add(name, value, value.Position);
        }

        return mapping.Build();
    }

    public static ConfigNode Text(string text, SourcePosition at) => ConfigNode.OfScalar(text, quoted: true, at);
}
