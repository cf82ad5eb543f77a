using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mesh.Configuration.Reading;

/// <summary>
/// One YAML document as nodes. Built on the parser's events rather than on its object model, because the events carry places,
/// and depth and aliases can be bounded while the text is read.
/// </summary>
internal sealed class YamlNodes
{
    private readonly Parser _parser;
    private readonly string _source;
    private readonly int _lineOffset;
    private readonly List<TextError> _errors = [];
    private readonly Dictionary<string, ConfigNode?> _anchors = new(StringComparer.Ordinal);
    private int _depth;
    private int _aliasNodes;

    private YamlNodes(string source, YamlDocuments.Part part)
    {
        _parser = new Parser(new StringReader(part.Text));
        (_source, _lineOffset) = (source, part.Line - 1);
    }

    /// <summary>
    /// Reads all documents of a text. A parser costs more than a small document, so one reads them all; where it fails, each document has one of its own and
    /// the mistake stays inside its document.
    /// </summary>
    public static IEnumerable<ParsedDocument> ReadAll(string source, string text)
    {
        var parts = YamlDocuments.Split(text);
        return (parts.Count > 1 ? ReadAtOnce(source, text, parts) : null) ?? parts.SelectMany(part => Read(source, part));
    }

    private static List<ParsedDocument>? ReadAtOnce(string source, string text, List<YamlDocuments.Part> parts)
    {
        if (parts.Exists(static part => part.Text.Length > ReadingLimits.DocumentLength))
        {
            return null;
        }

        var documents = new List<ParsedDocument>(parts.Count);
        var reader = new YamlNodes(source, new YamlDocuments.Part(1, text.TrimStart('\uFEFF')));
        try
        {
            reader._parser.Consume<StreamStart>();
            while (reader._parser.TryConsume<DocumentStart>(out _))
            {
                documents.Add(reader.ReadDocument());
            }
        }
        catch (Exception error) when (error is YamlException or BoundExceededException or InvalidOperationException)
        {
            return null;
        }

        // Were they cut differently, a mistake would move from one to the next.
        return documents.Count == parts.Count ? documents : null;
    }

    /// <summary>Reads a part of a text: as a rule one document.</summary>
    public static IReadOnlyList<ParsedDocument> Read(string source, YamlDocuments.Part part)
    {
        if (part.Text.Length > ReadingLimits.DocumentLength)
        {
            return [ParsedDocument.Broken(new(source, part.Line, 1), "the document is longer than 4 MiB; divide it with '---' lines")];
        }

        var documents = new List<ParsedDocument>(1);
        var reader = new YamlNodes(source, part);
        try
        {
            reader._parser.Consume<StreamStart>();
            while (reader._parser.TryConsume<DocumentStart>(out _))
            {
                documents.Add(reader.ReadDocument());
            }
        }
        catch (YamlException error)
        {
            reader._errors.Add(new(reader.At(error.Start), SyntaxMessage(error)));
            documents.Add(new(null, [.. reader._errors]));
        }
        catch (BoundExceededException error)
        {
            documents.Add(ParsedDocument.Broken(error.At, error.Message));
        }
        catch (InvalidOperationException)
        {
            // The scanner of YamlDotNet 16.3 gives up this way on some broken texts, for instance a '---' inside a flow mapping.
            reader._errors.Add(new(reader.At(reader._parser.Current?.End ?? Mark.Empty), "the YAML cannot be read after this place; look for an unclosed '{', '[' or quote before it"));
            documents.Add(new(null, [.. reader._errors]));
        }

        return documents;
    }

    private ParsedDocument ReadDocument()
    {
        _errors.Clear();
        _anchors.Clear();
        (_depth, _aliasNodes) = (0, 0);
        var root = ReadNode();
        _parser.Consume<DocumentEnd>();
        return new(root, [.. _errors]);
    }

    private ConfigNode ReadNode()
    {
        switch (_parser.Consume<ParsingEvent>())
        {
            case AnchorAlias alias:
                return Resolve(alias);
            case Scalar scalar:
                return Keep(scalar, ReadScalar(scalar));
            case SequenceStart start:
                return Keep(start, ReadSequence(start));
            case MappingStart start:
                return Keep(start, ReadMapping(start));
            case var other:
                throw new YamlException(other.Start, other.End, $"unexpected {other.GetType().Name}");
        }
    }

    private ConfigNode ReadScalar(Scalar scalar)
    {
        // A tag decides as quotes do: !!str 5 is a text.
        var quoted = scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any) || (!scalar.Tag.IsEmpty && scalar.Tag.Value.EndsWith(":str", StringComparison.Ordinal));
        return !quoted && ScalarText.IsNull(scalar.Value) ? ConfigNode.OfNull(At(scalar.Start)) : ConfigNode.OfScalar(scalar.Value, quoted, At(scalar.Start));
    }

    private ConfigNode ReadSequence(SequenceStart start)
    {
        Enter(start);
        var items = new List<ConfigNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode());
        }

        _depth--;
        return ConfigNode.OfSequence(items, At(start.Start));
    }

    private ConfigNode ReadMapping(MappingStart start)
    {
        Enter(start);
        var mapping = new MappingBuilder(At(start.Start));
        List<ConfigNode>? merged = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyEvent = _parser.Current!;
            var key = ReadNode();
            var at = At(keyEvent.Start);
            var value = ReadNode();
            if (key.Kind is not (ConfigNodeKind.Scalar or ConfigNodeKind.Null))
            {
                _errors.Add(new(at, $"a field name must be a text, not {key.Describe()}"));
            }
            else if (key is { Scalar: "<<", Quoted: false })
            {
                (merged ??= []).Add(value);
            }
            else if (mapping.Add(key.Scalar ?? "null", value, at) is { } first)
            {
                _errors.Add(new(at, $"'{key.Scalar}' is written twice; the first one stands in line {first.Line}"));
            }
        }

        // Only now: a field written in the mapping wins over a merged one, wherever the merge key stands.
        merged?.ForEach(node => Merge(mapping, node));
        _depth--;
        return mapping.Build();
    }

    private void Merge(MappingBuilder mapping, ConfigNode node)
    {
        switch (node.Kind)
        {
            case ConfigNodeKind.Mapping:
                mapping.Merge(node);
                break;
            case ConfigNodeKind.Sequence when node.Items.All(static i => i.Kind == ConfigNodeKind.Mapping):
                foreach (var item in node.Items)
                {
                    mapping.Merge(item);
                }

                break;
            default:
                _errors.Add(new(node.Position, $"the merge key '<<' takes a mapping or a list of mappings, not {node.Describe()}"));
                break;
        }
    }

    private ConfigNode Resolve(AnchorAlias alias)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var node))
        {
            throw new YamlException(alias.Start, alias.End, $"the alias '*{name}' has no anchor '&{name}' before it");
        }

        if (node is null)
        {
            throw new YamlException(alias.Start, alias.End, $"the alias '*{name}' stands inside what it stands for");
        }

        // The nodes are shared, but whoever walks the tree visits them once for every alias.
        _aliasNodes = (int)Math.Min((long)_aliasNodes + node.Size, int.MaxValue);
        return _aliasNodes <= ReadingLimits.AliasNodes
            ? node
            : throw new BoundExceededException(At(alias.Start), $"the aliases of this document stand for more than {ReadingLimits.AliasNodes} values; write them out or divide the document");
    }

    private void Enter(NodeEvent start)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = null;
        }

        if (++_depth > ReadingLimits.Depth)
        {
            throw new BoundExceededException(At(start.Start), $"values are nested more than {ReadingLimits.Depth} levels deep");
        }
    }

    private ConfigNode Keep(NodeEvent start, ConfigNode node)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private SourcePosition At(in Mark mark) => new(_source, (int)mark.Line + _lineOffset, (int)mark.Column);

    private static string SyntaxMessage(YamlException error) => $"not valid YAML: {(error.InnerException ?? error).Message}";

    private sealed class BoundExceededException(SourcePosition at, string message) : Exception(message)
    {
        public SourcePosition At { get; } = at;
    }
}
