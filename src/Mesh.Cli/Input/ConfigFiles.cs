using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Cli.Input;

/// <summary>Reads configuration files and folders as a mesh would, once.</summary>
internal static class ConfigFiles
{
    /// <summary>The documents of all paths together; a file that is named twice counts once. <c>-</c> is the standard input.</summary>
    /// <exception cref="UsageException">A path does not exist or cannot be read.</exception>
    public static ConfigBatch Read(IEnumerable<string> paths)
    {
        var texts = new OrderedDictionary<string, ConfigText>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path == "-")
            {
                texts["-"] = new ConfigText("(standard input)", Console.In.ReadToEnd());
                continue;
            }

            var batch = new FolderScan(path).Read().Batch;
            if (batch.Problems.FirstOrDefault(static p => p.Severity == ConfigProblemSeverity.Error) is { } problem)
            {
                throw new UsageException(File.Exists(path) || Directory.Exists(path) ? $"{problem.Source ?? path}: {problem.Message}" : $"{path} does not exist");
            }

            foreach (var text in batch.Texts)
            {
                texts[Path.GetFullPath(text.SourceName)] = text;
            }
        }

        return ConfigBatch.FromTexts(texts.Values);
    }
}
