using Mesh.Configuration.Reading;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Sources;

/// <summary>Puts the sources together: an object comes whole from the source of highest precedence that has it.</summary>
internal static class ConfigMerge
{
    /// <param name="sources">Highest precedence first.</param>
    /// <param name="problems">Takes the problems of the sources and a warning for every object that is hidden by another.</param>
    public static List<ConfigDocument> Merge(IReadOnlyList<SourceState> sources, List<ConfigProblem> problems)
    {
        var winners = new OrderedDictionary<ObjectKey, ConfigDocument>();
        foreach (var source in sources)
        {
            problems.AddRange(source.Problems);
            foreach (var (key, document) in source.Documents)
            {
                if (!winners.TryAdd(key, document))
                {
                    problems.Add(Shadowed(document, winners[key]));
                }
            }
        }

        return [.. winners.Values];
    }

    private static ConfigProblem Shadowed(ConfigDocument hidden, ConfigDocument winner) => new()
    {
        Severity = ConfigProblemSeverity.Warning,
        Source = hidden.Position.Source ?? hidden.SourceName,
        Line = hidden.Position.Line,
        Column = hidden.Position.Column,
        Kind = hidden.Kind,
        Namespace = hidden.Metadata.Namespace,
        Name = hidden.Metadata.Name,
        Message = $"is not used: the one from {Place(winner)} has the higher precedence",
    };

    private static string Place(ConfigDocument document) => document.Position.ToString() is { Length: > 0 } place ? place : document.SourceName;
}
