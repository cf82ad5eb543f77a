using System.Collections;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>An object with known fields. A field that is not known is refused, as <c>kubectl</c> does, with the nearest known name.</summary>
internal sealed class ObjectSchema : FieldSchema, IEnumerable<KeyValuePair<string, FieldSchema>>
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, FieldSchema> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _required = [];
    private readonly List<string[]> _oneOfs = [];
    private bool _isOpen;

    public override string TypeName => "object";

    /// <summary>Names of the fields that must be there.</summary>
    public IReadOnlyList<string> RequiredFields => _required;

    /// <summary>Sets of fields of which at most one may be there.</summary>
    public IReadOnlyList<string[]> OneOfs => _oneOfs;

    /// <summary>True when other fields are let pass.</summary>
    public bool IsOpen => _isOpen;

    public void Add(string name, FieldSchema schema)
    {
        _names.Add(name);
        _fields.Add(name, schema);
    }

    /// <summary>The known field of a name, with the name as it is known; null when there is none.</summary>
    public KeyValuePair<string, FieldSchema>? Find(string name, bool ignoreCase)
    {
        if (_fields.TryGetValue(name, out var schema))
        {
            return new(name, schema);
        }

        return ignoreCase && _names.Find(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } match ? new(match, _fields[match]) : null;
    }

    public ObjectSchema Required(params ReadOnlySpan<string> names)
    {
        _required.AddRange(names);
        return this;
    }

    /// <summary>Fields of which at most one may be there: a oneof of protobuf.</summary>
    public ObjectSchema OneOf(params string[] names)
    {
        _oneOfs.Add(names);
        return this;
    }

    /// <summary>Other fields are let pass and not looked at.</summary>
    public ObjectSchema Open()
    {
        _isOpen = true;
        return this;
    }

    public ObjectSchema Rule(string message, Func<ConfigNode, bool> holds)
    {
        AddRule(new(message, holds));
        return this;
    }

    public IEnumerator<KeyValuePair<string, FieldSchema>> GetEnumerator() => _names.Select(name => KeyValuePair.Create(name, _fields[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override bool Takes(ConfigNode node, string type) => node.Kind == ConfigNodeKind.Mapping;

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
        foreach (var name in _required)
        {
            if (node.Field(name) is null)
            {
                at.Field(name, at.Position).Required($"add '{name}'");
            }
        }

        foreach (var names in _oneOfs)
        {
            var set = names.Where(name => node.Field(name) is not null).ToArray();
            if (set.Length > 1)
            {
                at.Invalid("\"object\"", $"must validate one and only one schema (oneOf); keep one of {string.Join(", ", set.Select(static s => $"'{s}'"))}");
            }
        }

        for (var i = 0; i < node.Fields.Count; i++)
        {
            var (name, value) = node.Fields[i];
            var place = at.Field(name, node.FieldPositions[i]);
            if (_fields.TryGetValue(name, out var schema))
            {
                schema.Check(place, value);
            }
            else if (!_isOpen)
            {
                place.Unknown(name, _names);
            }
        }
    }
}
