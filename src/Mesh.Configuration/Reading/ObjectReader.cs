using System.Diagnostics.CodeAnalysis;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Reading;

/// <summary>
/// Reads the fields of one mapping, by name and without reflection. Whatever was not asked for when the read function returns is an
/// unknown field. A field of the wrong type is reported and read as if it were absent, so that one pass finds every mistake.
/// </summary>
internal sealed partial class ObjectReader
{
    private readonly ObjectReader? _parent;
    private readonly string _segment;
    private readonly int _index;
    private readonly ConfigNode _node;

    /// <summary>Names asked for, for suggestions: one list for all readers of a document, of which each owns the end from its own beginning on.</summary>
    private readonly List<string> _asked;
    private readonly int _firstAsked;
    private readonly bool[] _used;
    private string? _path;

    /// <summary>Reads a whole object.</summary>
    /// <param name="path">Path of the mapping inside its document; empty for the document itself.</param>
    /// <param name="node">A mapping; anything else counts as one without fields.</param>
    /// <param name="problems">Where mistakes go.</param>
    /// <param name="lenient">True for IConfiguration: names without regard to case, every scalar is text, lists are numbered keys.</param>
    public ObjectReader(string path, ConfigNode node, ProblemSink problems, bool lenient = false)
        : this(null, path, -1, node, problems, lenient)
    {
        _path = path;
    }

    private ObjectReader(ObjectReader? parent, string segment, int index, ConfigNode node, ProblemSink problems, bool lenient)
    {
        (_parent, _segment, _index, _node, Problems, Lenient) = (parent, segment, index, node, problems, lenient);
        _asked = parent?._asked ?? new List<string>(32);
        _firstAsked = _asked.Count;
        _used = node.Fields.Count == 0 ? [] : new bool[node.Fields.Count];
    }

    /// <summary>Path of this mapping inside its document, for example <c>spec.http[0]</c>.</summary>
    public string Path => _path ??= MakePath();

    /// <summary>Where the mapping begins.</summary>
    public SourcePosition Position => _node.Position;

    /// <summary>The mapping itself, for what has no fields of its own to ask for. Looking at it counts as asking for nothing.</summary>
    public ConfigNode Node => _node;

    public ProblemSink Problems { get; }

    /// <summary>True when the text comes from IConfiguration, which knows neither types nor case.</summary>
    public bool Lenient { get; }

    /// <summary>True when the field is written and not null. Counts as asking for it.</summary>
    public bool Has(string name) => Ask(name, out _);

    /// <summary>The place of a field; of the mapping when the field is not written.</summary>
    public SourcePosition PositionOf(string field)
    {
        var index = _node.IndexOf(field, Lenient);
        return index < 0 ? Position : _node.FieldPositions[index];
    }

    public void Error(string field, string message) => Problems.Error(Qualify(field), PositionOf(field), message);

    public void Warning(string field, string message) => Problems.Warning(Qualify(field), PositionOf(field), message);

    /// <summary>Accepts a known field without reading it.</summary>
    /// <param name="name">The field.</param>
    /// <param name="warning">Said when the field is written, because it is not acted on; null: silence is right.</param>
    public void Ignore(string name, string? warning = null)
    {
        if (Ask(name, out _) && warning is not null)
        {
            Problems.Warning(Qualify(name), PositionOf(name), warning, ConfigProblemCause.WithoutEffect);
        }
    }

    /// <summary>Accepts every field that was not asked for: the mapping may hold what the mesh has no business with.</summary>
    public void IgnoreRest() => Array.Fill(_used, true);

    /// <summary>The one of the fields that is written; an error when several are. Counts as asking for all of them.</summary>
    public string? OneOf(params ReadOnlySpan<string> names)
    {
        string? found = null;
        foreach (var name in names)
        {
            if (!Ask(name, out _))
            {
                continue;
            }

            if (found is null)
            {
                found = name;
            }
            else
            {
                Error(name, $"only one of {Listing(names)} may be set, and '{found}' already is");
            }
        }

        return found;
    }

    /// <summary>Reports the fields nobody asked for. A reader below another one ends before that goes on.</summary>
    /// <param name="areErrors">False when they do no harm where the document is used.</param>
    internal void Finish(bool areErrors = true)
    {
        for (var i = 0; i < _used.Length; i++)
        {
            if (!_used[i])
            {
                var name = _node.Fields[i].Key;
                var message = $"unknown field '{name}'{NameSuggestion.Sentence(name, _asked[_firstAsked..])}";
                if (areErrors)
                {
                    Problems.Error(Qualify(name), _node.FieldPositions[i], message);
                }
                else
                {
                    Problems.Warning(Qualify(name), _node.FieldPositions[i], message);
                }
            }
        }

        _asked.RemoveRange(_firstAsked, _asked.Count - _firstAsked);
    }

    /// <summary>The names of the fields written, for maps.</summary>
    internal IReadOnlyList<KeyValuePair<string, ConfigNode>> Fields => _node.Fields;

    private bool Ask(string name, [NotNullWhen(true)] out ConfigNode? value)
    {
        _asked.Add(name);
        var index = _node.IndexOf(name, Lenient);
        if (index < 0)
        {
            value = null;
            return false;
        }

        _used[index] = true;
        value = _node.Fields[index].Value;
        return value.Kind != ConfigNodeKind.Null;
    }

    private void WrongType(string name, ConfigNode value, string expected) => Error(name, $"must be {expected}, not {value.Describe()}");

    private string Qualify(string field) => field.Length == 0 ? Path : FieldPath.Combine(Path, field);

    private string MakePath()
    {
        var path = FieldPath.Combine(_parent!.Path, _segment);
        return _index < 0 ? path : FieldPath.Combine(path, _index);
    }

    private static string Listing(ReadOnlySpan<string> names)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < names.Length; i++)
        {
            text.Append(i == 0 ? "" : i == names.Length - 1 ? " and " : ", ").Append('\'').Append(names[i]).Append('\'');
        }

        return text.ToString();
    }
}
