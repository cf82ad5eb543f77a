using System.Runtime.CompilerServices;
using Mesh.Configuration.Reading;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Sources;

/// <summary>What the next look at the files waits for.</summary>
internal enum NextScan
{
    /// <summary>A change.</summary>
    OnChange,

    /// <summary>A moment: something was caught in the middle of a change.</summary>
    Soon,

    /// <summary>The folder or file to appear.</summary>
    WhenItAppears,
}

internal readonly record struct ScanResult(ConfigBatch Batch, NextScan Next);

/// <summary>
/// Reads the files of a folder, keeping the text (by reference) of each file that has not changed. A file that vanishes, is locked or is
/// suddenly empty has most likely been caught while it is written: its last text stays for a few looks before that is believed.
/// </summary>
internal sealed class FolderScan(string root)
{
    private const int PatientLooks = 5;

    /// <summary>From so many files on they are looked at side by side; opening one takes longer than reading it.</summary>
    private const int ParallelFrom = 64;
    private static readonly string[] s_extensions = [".yaml", ".yml", ".json"];
    private static readonly EnumerationOptions s_enumeration = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false };

    private Dictionary<string, KnownFile> _known = new(StringComparer.Ordinal);
    private ConfigBatch? _last;
    private IReadOnlyList<ConfigProblem> _lastProblems = [];

    public static bool IsFile(string path) => File.Exists(path) || (!Directory.Exists(path) && s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase));

    /// <summary>Looks at the files.</summary>
    /// <param name="changed">Paths known to have changed, which are read even if size and time of writing are as before.</param>
    public ScanResult Read(IReadOnlySet<string>? changed = null)
    {
        var problems = new List<ConfigProblem>();
        var next = NextScan.OnChange;
        var complete = true;
        var found = new Dictionary<string, KnownFile>(StringComparer.Ordinal);
        try
        {
            var paths = Files();
            var looks = Look(paths, changed);
            for (var i = 0; i < looks.Length; i++)
            {
                var (file, problem) = looks[i];
                next = file.IsSettled ? next : NextScan.Soon;
                found[paths[i]] = file;
                if (problem is not null)
                {
                    problems.Add(problem);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var missing = error is DirectoryNotFoundException or FileNotFoundException;
            var message = missing ? "does not exist; it is read as soon as it appears" : $"cannot be read: {error.Message}";
            problems.Add(Problem(root, message));
            (next, complete) = (NextScan.WhenItAppears, false);
            foreach (var (path, file) in _known)
            {
                found.TryAdd(path, file);
            }
        }

        return new(MakeBatch(found, problems, complete), next);
    }

    private List<string> Files()
    {
        if (IsFile(root))
        {
            // Opening tells "not there" from "not allowed"; Exists does not.
            using var probe = File.OpenHandle(root, share: FileShare.ReadWrite | FileShare.Delete);
            return [root];
        }

        var files = new List<string>();
        foreach (var path in Directory.EnumerateFiles(root, "*", s_enumeration))
        {
            if (s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && Path.GetFileName(path) is not ['.', ..])
            {
                files.Add(path);
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private FileLook[] Look(List<string> paths, IReadOnlySet<string>? changed)
    {
        var looks = new FileLook[paths.Count];
        if (paths.Count < ParallelFrom)
        {
            for (var i = 0; i < looks.Length; i++)
            {
                looks[i] = Look(paths[i], changed);
            }
        }
        else
        {
            LookInParallel(looks, i => Look(paths[i], changed));
        }

        return looks;
    }

    // A method of its own, so that a process with a few files never loads the library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LookInParallel(FileLook[] looks, Func<int, FileLook> look) => Parallel.For(0, looks.Length, i => looks[i] = look(i));

    private FileLook Look(string path, IReadOnlySet<string>? changed)
    {
        var known = _known.GetValueOrDefault(path);
        try
        {
            var info = new FileInfo(path);
            if (info.Length > ReadingLimits.FileLength)
            {
                return new((known ?? new KnownFile(null, default)) with { Stamp = default, Misses = 0 }, Problem(path, "the file is larger than 64 MiB and not read"));
            }

            // The stamp of a link says nothing about what it points to.
            var stamp = info.LinkTarget is null ? new FileStamp(info.Length, info.LastWriteTimeUtc) : default;
            if (known is { Text: not null, Misses: 0 } && stamp != default && stamp == known.Stamp && changed?.Contains(path) != true)
            {
                return new(known);
            }

            var text = TextFile.Read(path);
            if (text.Length == 0 && known is { Text.Text.Length: > 0, Misses: < PatientLooks })
            {
                return new(known with { Stamp = default, Misses = known.Misses + 1 });
            }

            return new(known?.Text?.Text == text ? known with { Stamp = stamp, Misses = 0 } : new KnownFile(new ConfigText(path, text, Format(path)), stamp));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there any more although it was listed: the next look will not list it.
            var misses = (known?.Misses ?? 0) + 1;
            var problem = known?.Text is null || misses > PatientLooks ? Problem(path, $"cannot be read: {error.Message}") : null;
            return new((known ?? new KnownFile(null, default)) with { Stamp = default, Misses = misses }, problem);
        }
    }

    // The same content gives the same batch, so that the caller sees by reference that nothing has changed.
    private ConfigBatch MakeBatch(Dictionary<string, KnownFile> found, List<ConfigProblem> problems, bool complete)
    {
        var unchanged = _last is not null && _last.IsIncomplete == !complete && found.Count == _known.Count && problems.SequenceEqual(_lastProblems)
            && found.All(f => _known.TryGetValue(f.Key, out var known) && ReferenceEquals(known.Text, f.Value.Text));
        _known = found;
        if (!unchanged)
        {
            _lastProblems = problems;
            _last = ConfigBatch.FromTexts(found.Values.Where(static f => f.Text is not null).Select(static f => f.Text!), problems, !complete);
        }

        return _last!;
    }

    private static ConfigTextFormat Format(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ConfigTextFormat.Json : ConfigTextFormat.Yaml;

    private static ConfigProblem Problem(string source, string message) => new() { Severity = ConfigProblemSeverity.Error, Source = source, Message = message };

    private readonly record struct FileLook(KnownFile File, ConfigProblem? Problem = null);

    private readonly record struct FileStamp(long Length, DateTime Written);

    private sealed record KnownFile(ConfigText? Text, FileStamp Stamp, int Misses = 0)
    {
        public bool IsSettled => Misses is 0 or > PatientLooks;
    }
}
