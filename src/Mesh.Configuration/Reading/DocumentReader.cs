using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Reading;

/// <summary>
/// Turns nodes into typed documents: finds the kind, reads <c>metadata</c> and <c>spec</c>, validates. Kinds the mesh does not read
/// are skipped, with a warning when they are of Istio or Gateway API and therefore meant for a mesh.
/// </summary>
internal sealed class DocumentReader
{
    private readonly Dictionary<string, List<KindReader>> _kinds = new(StringComparer.Ordinal);
    private readonly string _defaultNamespace;
    private readonly ReadingPurpose _purpose;

    public DocumentReader(IReadOnlyList<KindReader> kinds, string defaultNamespace, ReadingPurpose purpose = ReadingPurpose.Load)
    {
        (_defaultNamespace, _purpose) = (defaultNamespace, purpose);
        foreach (var kind in kinds)
        {
            if (!_kinds.TryGetValue(kind.Kind, out var list))
            {
                _kinds[kind.Kind] = list = [];
            }

            list.Add(kind);
        }
    }

    /// <summary>Says how to read a document that none of the kinds fits, or that does not say what it is; null when nobody knows.</summary>
    public Func<ConfigNode, KindReader?>? Recognise { get; init; }

    /// <summary>Reads one document; the result is empty for a kind that is not the mesh's, and has several entries for a <c>List</c>.</summary>
    public IReadOnlyList<DocumentResult> Read(ParsedDocument parsed, string sourceName, bool lenient = false)
    {
        var results = new List<DocumentResult>(1);
        Read(parsed.Root, parsed.Again, parsed.Errors, sourceName, lenient, results);
        return results;
    }

    /// <summary>Gives a document that was built in code its namespace and validates it.</summary>
    public DocumentResult Check(ConfigDocument document)
    {
        if (document.Metadata.Namespace.Length == 0)
        {
            document = document with
            {
                Metadata = document.Metadata with { Namespace = _defaultNamespace },
                Origin = document.Origin with { Namespace = _defaultNamespace },
            };
        }

        var problems = new ProblemSink { Purpose = _purpose };
        problems.Begin(document);
        if (Find(document.Kind, document.ApiVersion) is { } kind)
        {
            Validate(kind, document, problems);
        }

        return Result(document.SourceName, document.Key, document, problems);
    }

    private void Read(ConfigNode? root, Func<ConfigNode?>? again, IReadOnlyList<TextError> errors, string sourceName, bool lenient, List<DocumentResult> results)
    {
        if (root is null || root.Kind != ConfigNodeKind.Mapping)
        {
            Unidentified(root, errors, sourceName, results);
            return;
        }

        var problems = new ProblemSink { Source = sourceName, Purpose = _purpose };
        var kind = Scalar(root, "kind", lenient);
        var apiVersion = Scalar(root, "apiVersion", lenient);
        if (kind is not null && IsList(kind, root, lenient) is { } items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Read(items[i], ItemAgain(again, kind, i, lenient), errors, sourceName, lenient, results);
                errors = [];
            }

            return;
        }

        var known = kind is null || (apiVersion is null && !lenient) ? null : Find(kind, apiVersion);
        if ((known ?? Recognise?.Invoke(root)) is { } reader)
        {
            results.Add(Read(reader, apiVersion ?? reader.ApiVersions[0], root, again, errors, sourceName, lenient));
            return;
        }

        if (kind is null || (apiVersion is null && !lenient))
        {
            // A file of something else may lie in the folder; one that says what it is but lacks the other half is a mistake.
            var message = kind is null ? "the document has no 'kind'" : $"the document of kind {kind} has no 'apiVersion'";
            problems.Begin(kind ?? "", "", "", sourceName);
            var severity = kind is null && apiVersion is null && errors.Count == 0 ? ConfigProblemSeverity.Warning : ConfigProblemSeverity.Error;
            AddErrors(errors, problems);
            problems.Add(new() { Severity = severity, Message = message + "; it is not read", Source = sourceName, Line = root.Position.Line, Column = root.Position.Column, Kind = kind ?? "" });
            var identity = new ObjectKey(kind ?? "", MetadataText(root, "namespace", lenient) ?? "", MetadataText(root, "name", lenient) ?? "", apiVersion is null ? "" : ObjectKey.GroupOf(apiVersion));
            results.Add(new(sourceName, null, null, problems.Problems) { Position = root.Position, Identity = identity });
            return;
        }

        if (Unread(kind, apiVersion ?? "", root, sourceName, lenient) is { } result)
        {
            results.Add(result);
        }
    }

    private DocumentResult Read(KindReader kind, string apiVersion, ConfigNode root, Func<ConfigNode?>? again, IReadOnlyList<TextError> errors, string sourceName, bool lenient)
    {
        var problems = new ProblemSink { Purpose = _purpose };
        problems.Begin(kind.Kind, kind.IsClusterScoped ? "" : MetadataText(root, "namespace", lenient) ?? _defaultNamespace, MetadataText(root, "name", lenient) ?? "", sourceName);
        AddErrors(errors, problems);
        if ((_purpose == ReadingPurpose.Admission || kind.IsSchemaBinding) && kind.Schema is { } schema && !schema().Accepts(root, problems, lenient))
        {
            // As in a cluster, what the schema refuses is not admitted; only what is likely a mistake besides is still of interest.
            if (_purpose == ReadingPurpose.Admission)
            {
                problems.AddRange(Advise(kind, apiVersion, root, sourceName));
            }

            var identity = Identity(problems, ObjectKey.GroupOf(apiVersion));
            return new(sourceName, identity.Name.Length == 0 ? null : identity, null, problems.Problems) { Position = root.Position, Identity = identity };
        }

        var reader = new ObjectReader("", root, problems, lenient);
        reader.Ignore("apiVersion");
        reader.Ignore("kind");
        reader.Ignore("status");
        var metadata = reader.Object("metadata", MetadataReader.Read);
        if (metadata is null && _purpose == ReadingPurpose.Load)
        {
            reader.Error("metadata", "'metadata' with a 'name' is required");
        }

        metadata ??= new ObjectMetadata { Name = "" };
        metadata = metadata with { Namespace = kind.IsClusterScoped ? "" : metadata.Namespace.Length == 0 ? _defaultNamespace : metadata.Namespace };
        var spec = ReadSpec(kind, reader);

        // Beside 'spec' an API server drops what it does not know; in a mesh's own files it is a mistake.
        reader.Finish(areErrors: _purpose == ReadingPurpose.Load || !kind.IsSchemaBinding);

        ObjectKey? key = metadata.Name.Length == 0 ? null : new ObjectKey(kind.Kind, metadata.Namespace, metadata.Name, ObjectKey.GroupOf(apiVersion));
        if (problems.HasErrors || spec is null)
        {
            return new(sourceName, key, null, problems.Problems) { Position = root.Position, Identity = Identity(problems, ObjectKey.GroupOf(apiVersion)) };
        }

        var places = new FieldPlaces(root, again, lenient);
        var document = new ConfigDocument
        {
            ApiVersion = apiVersion,
            Kind = kind.Kind,
            Metadata = metadata,
            Spec = spec,
            Origin = new ConfigOrigin(kind.Kind, metadata.Namespace, metadata.Name, sourceName, root.Position.Line),
            Position = root.Position,
            SourceName = sourceName,
            Positions = places.Find,
        };
        Validate(kind, document, problems);
        places.LetGo();
        return Result(sourceName, key, document, problems);
    }

    private IEnumerable<ConfigProblem> Advise(KindReader kind, string apiVersion, ConfigNode root, string sourceName) =>
        Read(kind with { Schema = null }, apiVersion, root, null, [], sourceName, lenient: false).Problems.Where(static p => p.Severity == ConfigProblemSeverity.Warning);

    // A spec reader that throws is a defect of ours; it must cost one object, not the mesh.
    private static object? ReadSpec(KindReader kind, ObjectReader reader)
    {
        try
        {
            return kind.ReadDocument is { } readDocument ? readDocument(reader)
                : reader.Has("spec") ? reader.Object("spec", kind.ReadSpec)
                : kind.ReadSpec(new ObjectReader("spec", ConfigNode.OfMapping([], [], reader.Position), reader.Problems, reader.Lenient));
        }
        catch (Exception error)
        {
            reader.Error("spec", $"could not be read: {error.Message}");
            return null;
        }
    }

    private static void Validate(KindReader kind, ConfigDocument document, ProblemSink problems)
    {
        try
        {
            kind.Validate?.Invoke(document, problems);
        }
        catch (Exception error)
        {
            problems.Error("spec", document.Position, $"could not be validated: {error.Message}");
        }
    }

    private DocumentResult? Unread(string kind, string apiVersion, ConfigNode root, string sourceName, bool lenient)
    {
        var group = ObjectKey.GroupOf(apiVersion);
        var problems = new ProblemSink { Purpose = _purpose };
        problems.Begin(kind, MetadataText(root, "namespace", lenient) ?? _defaultNamespace, MetadataText(root, "name", lenient) ?? "", sourceName);
        if (_kinds.TryGetValue(kind, out var known) && known.Find(k => k.ApiVersions.Any(v => ObjectKey.GroupOf(v) == group)) is { } near)
        {
            problems.Error("apiVersion", root.Position, $"{kind} of '{apiVersion}' is not known; write one of {string.Join(", ", near.ApiVersions)}");
            return new(sourceName, Identity(problems, group), null, problems.Problems) { Position = root.Position, Identity = Identity(problems, group) };
        }

        if (lenient || group.EndsWith(".istio.io", StringComparison.Ordinal) || group == "gateway.networking.k8s.io")
        {
            problems.Warning("", root.Position, $"the kind {kind} ({apiVersion}) is not read by the mesh; the document has no effect", ConfigProblemCause.WithoutEffect);
            return new(sourceName, Identity(problems, group), null, problems.Problems) { Position = root.Position, Identity = Identity(problems, group) };
        }

        if (_purpose == ReadingPurpose.Load)
        {
            return null;
        }

        // Something else's document in the folder: named, so that nobody takes silence for approval.
        problems.Warning("kind", root.Position, $"{kind} ({apiVersion}) is no kind of the mesh and was not checked");
        return new(sourceName, Identity(problems, group), null, problems.Problems) { Position = root.Position, Identity = Identity(problems, group) };
    }

    private KindReader? Find(string kind, string? apiVersion) =>
        _kinds.TryGetValue(kind, out var list) ? list.Find(k => apiVersion is null || k.ApiVersions.Contains(apiVersion)) : null;

    private static void Unidentified(ConfigNode? root, IReadOnlyList<TextError> errors, string sourceName, List<DocumentResult> results)
    {
        // "---" with nothing after it is an empty document, not a mistake.
        if (errors.Count == 0 && root is null or { Kind: ConfigNodeKind.Null })
        {
            return;
        }

        var problems = new ProblemSink { Source = sourceName };
        AddErrors(errors, problems);
        if (root is not null)
        {
            problems.Error("", root.Position, $"a document must be a mapping with 'apiVersion', 'kind', 'metadata' and 'spec', not {root.Describe()}");
        }

        results.Add(new(sourceName, null, null, problems.Problems) { Position = root?.Position ?? errors[0].At });
    }

    private static void AddErrors(IReadOnlyList<TextError> errors, ProblemSink problems)
    {
        foreach (var error in errors)
        {
            problems.Error("", error.At, error.Message);
        }
    }

    private static DocumentResult Result(string sourceName, ObjectKey? key, ConfigDocument document, ProblemSink problems) =>
        new(sourceName, key, problems.HasErrors ? null : document, problems.Problems) { Position = document.Position, Identity = document.Key };

    private static ObjectKey Identity(ProblemSink problems, string group) => new(problems.Kind, problems.Namespace, problems.Name, group);

    private static IReadOnlyList<ConfigNode>? IsList(string kind, ConfigNode root, bool lenient)
    {
        var index = kind.EndsWith("List", StringComparison.Ordinal) ? root.IndexOf("items", lenient) : -1;
        return index >= 0 && root.Fields[index].Value.Kind == ConfigNodeKind.Sequence ? root.Fields[index].Value.Items : null;
    }

    private static Func<ConfigNode?>? ItemAgain(Func<ConfigNode?>? listAgain, string kind, int index, bool lenient) =>
        listAgain is null ? null : () => listAgain() is { } list && IsList(kind, list, lenient) is { } items && index < items.Count ? items[index] : null;

    private static string? MetadataText(ConfigNode root, string name, bool lenient)
    {
        var index = root.IndexOf("metadata", lenient);
        return index < 0 ? null : Scalar(root.Fields[index].Value, name, lenient);
    }

    private static string? Scalar(ConfigNode node, string name, bool lenient)
    {
        var index = node.IndexOf(name, lenient);
        return index >= 0 && node.Fields[index].Value.Scalar is { Length: > 0 } text ? text : null;
    }
}
