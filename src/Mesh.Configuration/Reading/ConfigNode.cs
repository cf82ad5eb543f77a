namespace Mesh.Configuration.Reading;

/// <summary>The four shapes of a node.</summary>
internal enum ConfigNodeKind
{
    Null,
    Scalar,
    Mapping,
    Sequence,
}

/// <summary>
/// A node of a document, whatever it was written in (YAML, JSON, IConfiguration), with its place in the text.
/// Immutable once its reader has handed it over; aliases of YAML share one node.
/// </summary>
internal sealed class ConfigNode
{
    private ConfigNode(ConfigNodeKind kind, SourcePosition position)
    {
        Kind = kind;
        Position = position;
    }

    public ConfigNodeKind Kind { get; }

    public SourcePosition Position { get; }

    /// <summary>Text of a scalar; null for every other kind.</summary>
    public string? Scalar { get; private init; }

    /// <summary>True when the scalar is text whatever it looks like: quoted or block style in YAML, a string in JSON.</summary>
    public bool Quoted { get; private init; }

    /// <summary>Fields of a mapping in the order written; names are unique, the reader reports a repeated one and drops it.</summary>
    public IReadOnlyList<KeyValuePair<string, ConfigNode>> Fields { get; private init; } = [];

    /// <summary>Places of the names in <see cref="Fields"/>, at the same indexes.</summary>
    public IReadOnlyList<SourcePosition> FieldPositions { get; private init; } = [];

    /// <summary>Items of a sequence.</summary>
    public IReadOnlyList<ConfigNode> Items { get; private init; } = [];

    /// <summary>Nodes in this tree when every alias is written out; what bounds the expansion of aliases.</summary>
    public int Size { get; private init; } = 1;

    public static ConfigNode OfNull(SourcePosition at) => new(ConfigNodeKind.Null, at);

    public static ConfigNode OfScalar(string text, bool quoted, SourcePosition at) =>
        new(ConfigNodeKind.Scalar, at) { Scalar = text, Quoted = quoted };

    public static ConfigNode OfMapping(List<KeyValuePair<string, ConfigNode>> fields, List<SourcePosition> positions, SourcePosition at)
    {
        var size = 1;
        foreach (var (_, value) in fields)
        {
            size = Add(size, value.Size);
        }

        return new(ConfigNodeKind.Mapping, at) { Fields = fields, FieldPositions = positions, Size = size };
    }

    public static ConfigNode OfSequence(List<ConfigNode> items, SourcePosition at)
    {
        var size = 1;
        foreach (var item in items)
        {
            size = Add(size, item.Size);
        }

        return new(ConfigNodeKind.Sequence, at) { Items = items, Size = size };
    }

    /// <summary>The value of a field, or null; a field without value gives a node of kind Null.</summary>
    public ConfigNode? Field(string name)
    {
        var index = IndexOf(name, ignoreCase: false);
        return index < 0 ? null : Fields[index].Value;
    }

    public int IndexOf(string name, bool ignoreCase)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var i = 0; i < Fields.Count; i++)
        {
            if (string.Equals(Fields[i].Key, name, comparison))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What a message calls the node: "a list", "the text "abc"", "3".</summary>
    public string Describe() => Kind switch
    {
        ConfigNodeKind.Null => "nothing",
        ConfigNodeKind.Mapping => "a mapping",
        ConfigNodeKind.Sequence => "a list",
        _ => Quoted ? $"the text \"{Shorten(Scalar!)}\"" : $"'{Shorten(Scalar!)}'",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");

    // Saturates: a chain of aliases can describe more nodes than an int holds.
    private static int Add(int left, int right) => (int)Math.Min((long)left + right, int.MaxValue);
}
