namespace Mesh.Configuration.Reading;

/// <summary>A document as nodes, or as far as it could be read.</summary>
/// <param name="Root">Null when nothing could be made of the text.</param>
/// <param name="Errors">What is wrong with the text itself: syntax, bounds, names written twice.</param>
internal sealed record ParsedDocument(ConfigNode? Root, IReadOnlyList<TextError> Errors)
{
    /// <summary>Reads <see cref="Root"/> again from its text; null when that is not to be had.</summary>
    public Func<ConfigNode?>? Again { get; init; }

    public static ParsedDocument Broken(SourcePosition at, string message) => new(null, [new TextError(at, message)]);
}

/// <summary>Something wrong with a text, before it is known what object it describes.</summary>
internal readonly record struct TextError(SourcePosition At, string Message);

/// <summary>The fields of a mapping while it is read: keeps their order and refuses a name that is there already.</summary>
internal sealed class MappingBuilder(SourcePosition at)
{
    private readonly List<KeyValuePair<string, ConfigNode>> _fields = [];
    private readonly List<SourcePosition> _positions = [];
    private Dictionary<string, int>? _index;

    /// <summary>Adds a field; returns the place of the earlier field of the same name instead when there is one.</summary>
    public SourcePosition? Add(string name, ConfigNode value, SourcePosition position)
    {
        var existing = Find(name);
        if (existing >= 0)
        {
            return _positions[existing];
        }

        _index?.Add(name, _fields.Count);
        _fields.Add(new(name, value));
        _positions.Add(position);
        return null;
    }

    /// <summary>YAML's merge key (<c>&lt;&lt;</c>): adds the fields that are not written here.</summary>
    public void Merge(ConfigNode mapping)
    {
        for (var i = 0; i < mapping.Fields.Count; i++)
        {
            _ = Add(mapping.Fields[i].Key, mapping.Fields[i].Value, mapping.FieldPositions[i]);
        }
    }

    public ConfigNode Build() => ConfigNode.OfMapping(_fields, _positions, at);

    // Mappings are small; a dictionary pays from a dozen fields on and keeps long ones linear.
    private int Find(string name)
    {
        if (_index is null && _fields.Count >= 12)
        {
            _index = new(StringComparer.Ordinal);
            for (var i = 0; i < _fields.Count; i++)
            {
                _index.Add(_fields[i].Key, i);
            }
        }

        if (_index is not null)
        {
            return _index.TryGetValue(name, out var found) ? found : -1;
        }

        for (var i = 0; i < _fields.Count; i++)
        {
            if (string.Equals(_fields[i].Key, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
