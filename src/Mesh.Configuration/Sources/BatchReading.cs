using System.Runtime.CompilerServices;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Sources;

/// <summary>
/// Reads the batches of one source and remembers the results, by text and inside a changed text by document: what is as before gives
/// the same <see cref="ConfigDocument"/> instances again, so a reload costs what has changed.
/// </summary>
internal sealed class BatchReading(DocumentReader reader)
{
    private const int ParallelFrom = 64;
    private Dictionary<string, ReadText> _texts = new(StringComparer.Ordinal);
    private Dictionary<ConfigDocument, DocumentResult> _documents = new(ReferenceEqualityComparer.Instance);

    public List<DocumentResult> Read(ConfigBatch batch)
    {
        var results = new List<DocumentResult>();
        var texts = new Dictionary<string, ReadText>(batch.Texts.Count, StringComparer.Ordinal);
        foreach (var read in ReadTexts(batch.Texts))
        {
            texts[read.Text.SourceName] = read;
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

    // Texts do not depend on each other, and a first load of thousands of files is bound by the processor.
    private ReadText[] ReadTexts(IReadOnlyList<ConfigText> texts)
    {
        var reads = new ReadText[texts.Count];
        var unread = new List<int>();
        for (var i = 0; i < reads.Length; i++)
        {
            if (_texts.TryGetValue(texts[i].SourceName, out var known) && known.Text.Equals(texts[i]))
            {
                reads[i] = known;
            }
            else
            {
                unread.Add(i);
            }
        }

        void ReadOne(int i) => reads[i] = Read(texts[i], _texts.GetValueOrDefault(texts[i].SourceName));
        if (unread.Count < ParallelFrom)
        {
            unread.ForEach(ReadOne);
        }
        else
        {
            ReadInParallel(unread, ReadOne);
        }

        return reads;
    }

    // A method of its own, so that a process with a few files never loads the library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadInParallel(List<int> unread, Action<int> read) => Parallel.ForEach(unread, read);

    private ReadText Read(ConfigText text, ReadText? previous)
    {
        if (text.Text.Length > ReadingLimits.FileLength)
        {
            return new(text, [Part(default, text, () => [ParsedDocument.Broken(new(text.SourceName), "the text is longer than 64 MiB and not read")])]);
        }

        if (text.Format == ConfigTextFormat.Json)
        {
            return new(text, [Part(default, text, () => JsonNodes.Read(text.SourceName, text.Text))]);
        }

        var known = previous?.Parts.ToDictionary(static p => p.Part);
        var parts = new List<ReadPart>();
        foreach (var part in YamlDocuments.Split(text.Text))
        {
            parts.Add(known?.GetValueOrDefault(part) ?? Part(part, text, () => YamlNodes.Read(text.SourceName, part)));
        }

        return new(text, parts);
    }

    private ReadPart Part(YamlDocuments.Part part, ConfigText text, Func<IReadOnlyList<ParsedDocument>> parse)
    {
        var parsed = parse();
        var results = new List<DocumentResult>(parsed.Count);
        for (var i = 0; i < parsed.Count; i++)
        {
            var index = i;
            results.AddRange(reader.Read(parsed[i] with { Again = () => parse() is var again && index < again.Count ? again[index].Root : null }, text.SourceName));
        }

        return new(part, results);
    }

    private sealed record ReadText(ConfigText Text, IReadOnlyList<ReadPart> Parts);

    private sealed record ReadPart(YamlDocuments.Part Part, IReadOnlyList<DocumentResult> Results);
}
