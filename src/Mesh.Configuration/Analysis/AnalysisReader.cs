using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Analysis;

/// <summary>What came of reading texts for the analysis.</summary>
/// <param name="Documents">Every object that says what it is, valid or not, in the order written.</param>
/// <param name="Settings">Mappings that are no objects: a JSON or YAML file such as appsettings.json.</param>
/// <param name="Unreadable">What is wrong with texts in which nothing could be recognised.</param>
internal sealed record AnalysisTexts(
    IReadOnlyList<AnalysisDocument> Documents, IReadOnlyList<ConfigNode> Settings, IReadOnlyList<ConfigProblem> Unreadable);

/// <summary>
/// Reads texts for the analysis. Unlike the mesh's own reader it keeps every kind and keeps documents with mistakes, since a folder of
/// manifests is analyzed as a whole. The typed spec is made by the same readers, so both understand a document alike.
/// </summary>
internal sealed class AnalysisReader(string defaultNamespace)
{
    private readonly DocumentReader _admission = FrontEnd.Admission(defaultNamespace);
    private readonly DocumentReader _loading = new(FrontEnd.Kinds, defaultNamespace);
    private readonly List<AnalysisDocument> _documents = [];
    private readonly List<ConfigNode> _settings = [];
    private readonly List<ConfigProblem> _unreadable = [];

    public static AnalysisTexts Read(IEnumerable<ConfigText> texts, string defaultNamespace)
    {
        var reader = new AnalysisReader(defaultNamespace);
        foreach (var text in texts)
        {
            reader.Read(text);
        }

        return new(reader._documents, reader._settings, reader._unreadable);
    }

    /// <summary>Parses a text without asking what its documents are.</summary>
    public static IEnumerable<ParsedDocument> Parse(ConfigText text) => text.Format == ConfigTextFormat.Json
        ? JsonNodes.Read(text.SourceName, text.Text)
        : YamlNodes.ReadAll(text.SourceName, text.Text);

    private void Read(ConfigText text)
    {
        foreach (var parsed in Parse(text))
        {
            Read(parsed.Root, parsed.Errors, text.SourceName);
        }
    }

    private void Read(ConfigNode? root, IReadOnlyList<TextError> errors, string sourceName)
    {
        if (root is not { Kind: ConfigNodeKind.Mapping })
        {
            Keep(root, errors, sourceName);
            return;
        }

        if (root.Text("kind") is not { Length: > 0 } kind)
        {
            if (errors.Count == 0 && root.Text("apiVersion") is null)
            {
                _settings.Add(root);
            }
            else
            {
                Keep(root, errors, sourceName);
            }

            return;
        }

        if (kind.EndsWith("List", StringComparison.Ordinal) && root.Field("items") is { Kind: ConfigNodeKind.Sequence } items)
        {
            foreach (var item in items.Items)
            {
                Read(item, errors, sourceName);
                errors = [];
            }

            return;
        }

        _documents.Add(Document(kind, root.Text("apiVersion") ?? "", root, errors, sourceName));
    }

    private AnalysisDocument Document(string kindName, string apiVersion, ConfigNode root, IReadOnlyList<TextError> errors, string sourceName)
    {
        var kind = new DocumentKind(DocumentKind.GroupOf(apiVersion), kindName);
        var problems = Problems(_admission, root, errors, sourceName);
        return new AnalysisDocument
        {
            Kind = kind,
            Name = root.Text("metadata", "name") ?? root.Text("metadata", "generateName") ?? "",
            Namespace = kind.IsClusterScoped ? "" : root.Text("metadata", "namespace") ?? defaultNamespace,
            Labels = root.Map("metadata", "labels"),
            Annotations = root.Map("metadata", "annotations"),
            Root = root,
            Spec = Spec(kind, root),
            Problems = problems,
            Advice = [.. Problems(_loading, root, errors, sourceName).Where(p => p.Severity == ConfigProblemSeverity.Warning && !problems.Contains(p))],
        };
    }

    private static ConfigProblem[] Problems(DocumentReader reader, ConfigNode? root, IReadOnlyList<TextError> errors, string sourceName) =>
        [.. reader.Read(new ParsedDocument(root, errors), sourceName).SelectMany(static r => r.Problems)];

    // The problems of this reading are those the other readers have reported already.
    private static object? Spec(DocumentKind kind, ConfigNode root)
    {
        var reader = FrontEnd.Kinds.FirstOrDefault(k => k.Kind == kind.Kind && k.ReadDocument is null && k.ApiVersions.Any(v => DocumentKind.GroupOf(v) == kind.Group));
        var spec = root.At("spec") ?? ConfigNode.OfMapping([], [], root.Position);
        try
        {
            return spec.Kind == ConfigNodeKind.Mapping ? reader?.ReadSpec(new ObjectReader("spec", spec, new ProblemSink())) : null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Reported by the other readers as well, as a problem of the document.
            return null;
        }
    }

    private void Keep(ConfigNode? root, IReadOnlyList<TextError> errors, string sourceName) =>
        _unreadable.AddRange(Problems(_loading, root, errors, sourceName));
}
