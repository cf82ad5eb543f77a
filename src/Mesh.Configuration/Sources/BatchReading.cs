using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Sources;

/// <summary>
/// Reads the batches of one source and remembers the results, by text and inside a changed text by document: what is as before gives
/// the same <see cref="ConfigDocument"/> instances again, so a reload costs what has changed.
/// </summary>
internal sealed class BatchReading(DocumentReader reader)
{
    private Dictionary<string, ReadText> _texts = new(StringComparer.Ordinal);
    private Dictionary<ConfigDocument, DocumentResult> _documents = new(ReferenceEqualityComparer.Instance);

    public List<DocumentResult> Read(ConfigBatch batch)
    {
        var results = new List<DocumentResult>();
        var texts = new Dictionary<string, ReadText>(batch.Texts.Count, StringComparer.Ordinal);
        foreach (var text in batch.Texts)
        {
            var read = Read(text, _texts.GetValueOrDefault(text.SourceName));
            texts[text.SourceName] = read;
            foreach (var part in read.Parts)
            {
                results.AddRange(part.Results);
            }
        }

        foreach (var section in batch.Sections)
        {
            results.AddRange(reader.Read(new ParsedDocument(section.Root, []), section.SourceName, lenient: true));
        }

        var documents = new Dictionary<ConfigDocument, DocumentResult>(ReferenceEqualityComparer.Instance);
        foreach (var document in batch.Documents)
        {
            var result = _documents.GetValueOrDefault(document) ?? reader.Check(document);
            documents[document] = result;
            results.Add(result);
        }

        (_texts, _documents) = (texts, documents);
        return results;
    }

    private ReadText Read(ConfigText text, ReadText? previous)
    {
        if (previous is not null && previous.Text.Equals(text))
        {
            return previous;
        }

        if (text.Text.Length > ReadingLimits.FileLength)
        {
            return new(text, [Part(default, text, [ParsedDocument.Broken(new(text.SourceName), "the text is longer than 64 MiB and not read")])]);
        }

        if (text.Format == ConfigTextFormat.Json)
        {
            return new(text, [Part(default, text, JsonNodes.Read(text.SourceName, text.Text))]);
        }

        var known = previous?.Parts.ToDictionary(static p => p.Part);
        var parts = new List<ReadPart>();
        foreach (var part in YamlDocuments.Split(text.Text))
        {
            parts.Add(known?.GetValueOrDefault(part) ?? Part(part, text, YamlNodes.Read(text.SourceName, part)));
        }

        return new(text, parts);
    }

    private ReadPart Part(YamlDocuments.Part part, ConfigText text, IReadOnlyList<ParsedDocument> parsed)
    {
        var results = new List<DocumentResult>(parsed.Count);
        foreach (var document in parsed)
        {
            results.AddRange(reader.Read(document, text.SourceName));
        }

        return new(part, results);
    }

    private sealed record ReadText(ConfigText Text, IReadOnlyList<ReadPart> Parts);

    private sealed record ReadPart(YamlDocuments.Part Part, IReadOnlyList<DocumentResult> Results);
}
