using Mesh.Configuration.Reading;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Sources;

/// <summary>
/// What one source holds: of every object the newest version without errors. Last-known-good is kept per object; where a text cannot
/// even be read so far as to tell which objects it describes, the objects it had before stay.
/// </summary>
internal sealed class SourceState(string name, DocumentReader reader)
{
    private readonly BatchReading _reading = new(reader);
    private readonly List<ConfigProblem> _problems = [];
    private ConfigProblem? _failure;

    /// <summary>Name of the source, for logs and problems.</summary>
    public string Name => name;

    /// <summary>True once the source has said what it holds, if only that it never will.</summary>
    public bool HasDelivered { get; private set; }

    /// <summary>The objects in force, in the order in which they were read.</summary>
    public OrderedDictionary<ObjectKey, ConfigDocument> Documents { get; private set; } = [];

    public IEnumerable<ConfigProblem> Problems => _failure is null ? _problems : _problems.Prepend(_failure);

    /// <summary>Takes in a batch, or a failure; neither means that the source has ended.</summary>
    public void Apply(ConfigBatch? batch, Exception? error)
    {
        if (error is not null)
        {
            Fail(error);
            return;
        }

        HasDelivered = true;
        if (batch is not null)
        {
            Apply(batch);
        }
    }

    private void Apply(ConfigBatch batch)
    {
        _failure = null;
        _problems.Clear();
        _problems.AddRange(batch.Problems);
        var previous = Documents;
        var current = new OrderedDictionary<ObjectKey, ConfigDocument>();
        var seen = new Dictionary<ObjectKey, SourcePosition>();
        var broken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var problem in batch.Problems)
        {
            MarkBroken(broken, problem);
        }

        foreach (var result in _reading.Read(batch))
        {
            _problems.AddRange(result.Problems);
            if (result.Key is not { } key)
            {
                result.Problems.ToList().ForEach(p => MarkBroken(broken, p));
                continue;
            }

            if (!seen.TryAdd(key, result.Position))
            {
                _problems.Add(Repeated(key, result, seen[key]));
                continue;
            }

            if (result.Document is { } document)
            {
                current[key] = previous.TryGetValue(key, out var old) && IsSame(old, document) ? old : document;
            }
            else if (previous.TryGetValue(key, out var lastGood) && result.Problems.Any(static p => p.Severity == ConfigProblemSeverity.Error))
            {
                current[key] = lastGood;
            }
        }

        foreach (var (key, document) in previous)
        {
            if (batch.IsIncomplete || broken.Contains(document.SourceName))
            {
                current.TryAdd(key, document);
            }
        }

        Documents = current;
    }

    // What the source held stays.
    private void Fail(Exception error) => _failure = new ConfigProblem
    {
        Severity = ConfigProblemSeverity.Error,
        Source = name,
        Message = $"the source has failed and will be started again: {error.Message}",
    };

    private static void MarkBroken(HashSet<string> broken, ConfigProblem problem)
    {
        if (problem is { Severity: ConfigProblemSeverity.Error, Source: { } name })
        {
            broken.Add(name);
        }
    }

    // A section of IConfiguration is read anew at each reload; the same content shall be the same instance here, too.
    private static bool IsSame(ConfigDocument old, ConfigDocument document) =>
        ReferenceEquals(old, document)
        || (old.Position == document.Position && old.ApiVersion == document.ApiVersion && old.Metadata == document.Metadata && old.Spec.Equals(document.Spec));

    private static ConfigProblem Repeated(ObjectKey key, DocumentResult result, SourcePosition first) => new()
    {
        Severity = ConfigProblemSeverity.Error,
        Source = result.Position.Source ?? result.SourceName,
        Line = result.Position.Line,
        Column = result.Position.Column,
        Kind = key.Kind,
        Namespace = key.Namespace,
        Name = key.Name,
        Message = $"the same object stands in {first} already; this second one is not used",
    };
}
