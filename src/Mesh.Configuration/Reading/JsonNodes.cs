using System.Text;
using System.Text.Json;

namespace Mesh.Configuration.Reading;

/// <summary>
/// A JSON text as nodes: one object, or a list of objects each of which is a document. Comments and trailing commas are let pass,
/// as in appsettings.json.
/// </summary>
internal sealed class JsonNodes
{
    private readonly string _source;
    private readonly byte[] _utf8;
    private readonly List<TextError> _errors = [];

    // Tokens come in order, so line and column of the last one are where the search for the next begins.
    private int _line = 1;
    private int _column = 1;
    private int _scanned;

    private JsonNodes(string source, string text) => (_source, _utf8) = (source, Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')));

    public static IReadOnlyList<ParsedDocument> Read(string source, string text)
    {
        if (text.Length > ReadingLimits.DocumentLength)
        {
            return [ParsedDocument.Broken(new(source, 1, 1), "the document is longer than 4 MiB; divide it into several files")];
        }

        return string.IsNullOrWhiteSpace(text) ? [] : new JsonNodes(source, text).Read();
    }

    private IReadOnlyList<ParsedDocument> Read()
    {
        var reader = new Utf8JsonReader(_utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = ReadingLimits.Depth });
        try
        {
            reader.Read();
            var root = ReadNode(ref reader);
            reader.Read();
            IReadOnlyList<TextError> errors = [.. _errors];
            return root.Kind == ConfigNodeKind.Sequence
                ? [.. root.Items.Select((item, index) => new ParsedDocument(item, index == 0 ? errors : []))]
                : [new ParsedDocument(root, errors)];
        }
        catch (JsonException error)
        {
            var at = new SourcePosition(_source, (int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1);
            return [ParsedDocument.Broken(at, $"not valid JSON: {error.Message}")];
        }
        catch (InvalidOperationException error)
        {
            // A text with half a surrogate pair is well-formed JSON that is no text.
            return [ParsedDocument.Broken(At(reader.TokenStartIndex), $"not valid JSON: {error.Message}")];
        }
    }

    private ConfigNode ReadNode(ref Utf8JsonReader reader)
    {
        var at = At(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, at),
            JsonTokenType.StartArray => ReadArray(ref reader, at),
            JsonTokenType.String => ConfigNode.OfScalar(reader.GetString()!, quoted: true, at),
            JsonTokenType.Null => ConfigNode.OfNull(at),
            JsonTokenType.True => ConfigNode.OfScalar("true", quoted: false, at),
            JsonTokenType.False => ConfigNode.OfScalar("false", quoted: false, at),
            _ => ConfigNode.OfScalar(Encoding.UTF8.GetString(reader.ValueSpan), quoted: false, at),
        };
    }

    private ConfigNode ReadObject(ref Utf8JsonReader reader, SourcePosition at)
    {
        var mapping = new MappingBuilder(at);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var nameAt = At(reader.TokenStartIndex);
            reader.Read();
            if (mapping.Add(name, ReadNode(ref reader), nameAt) is { } first)
            {
                _errors.Add(new(nameAt, $"'{name}' is written twice; the first one stands in line {first.Line}"));
            }
        }

        return mapping.Build();
    }

    private ConfigNode ReadArray(ref Utf8JsonReader reader, SourcePosition at)
    {
        var items = new List<ConfigNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadNode(ref reader));
        }

        return ConfigNode.OfSequence(items, at);
    }

    private SourcePosition At(long tokenStart)
    {
        var target = (int)tokenStart;
        while (_utf8.AsSpan(_scanned, target - _scanned).IndexOf((byte)'\n') is >= 0 and var newline)
        {
            _scanned += newline + 1;
            _column = 1;
            _line++;
        }

        _column += Encoding.UTF8.GetCharCount(_utf8, _scanned, target - _scanned);
        _scanned = target;
        return new(_source, _line, _column);
    }
}
