using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Cli.Input;

/// <summary>Reads files and folders as texts, for commands that look at what is written rather than at what comes of it.</summary>
internal static class ConfigTexts
{
    /// <summary>The text of one file.</summary>
    /// <exception cref="UsageException">It does not exist, is a folder, or cannot be read.</exception>
    public static ConfigText ReadFile(string path) => Read([path]) is [var text] && !Directory.Exists(path) ? text : throw new UsageException($"{path} is not a file");

    /// <summary>The texts of all paths in order; a file that is named twice counts once. <c>-</c> is the standard input, YAML or JSON.</summary>
    /// <exception cref="UsageException">A path does not exist or cannot be read.</exception>
    public static IReadOnlyList<ConfigText> Read(IEnumerable<string> paths)
    {
        var texts = new OrderedDictionary<string, ConfigText>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path == "-")
            {
                texts["-"] = new ConfigText("-", Console.In.ReadToEnd());
                continue;
            }

            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new UsageException($"{path} does not exist");
            }

            var batch = new FolderScan(path).Read().Batch;
            if (batch.Problems.FirstOrDefault(static p => p.Severity == ConfigProblemSeverity.Error) is { } problem)
            {
                throw new UsageException($"{problem.Source ?? path}: {problem.Message}");
            }

            foreach (var text in batch.Texts)
            {
                texts[Path.GetFullPath(text.SourceName)] = text;
            }
        }

        return [.. texts.Values];
    }
}
