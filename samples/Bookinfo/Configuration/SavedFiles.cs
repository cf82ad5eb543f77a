namespace Bookinfo.Configuration;

/// <summary>A file as it was seen; <see cref="Order"/> grows with every file that is saved.</summary>
internal readonly record struct SavedFile(string Path, DateTime Saved, long Length, long Order);

/// <summary>
/// The files of some paths in the order in which they were saved. Times decide at the first look; after that the order in which changes
/// are seen, because a file that is moved here or copied with its times is new here all the same.
/// </summary>
internal sealed class SavedFiles(IReadOnlyList<string> paths)
{
    private static readonly string[] s_extensions = [".yaml", ".yml", ".json"];
    private Dictionary<string, SavedFile> _known = [];
    private long _order;

    /// <summary>The files now, the one saved last first.</summary>
    public IReadOnlyList<SavedFile> Look()
    {
        var found = paths.SelectMany(FilesOf).Distinct().Select(Stamp).Where(static f => f.Length >= 0)
            .OrderBy(static f => f.Saved).ThenBy(static f => f.Path, StringComparer.Ordinal).ToArray();
        var known = new Dictionary<string, SavedFile>();
        foreach (var file in found)
        {
            var before = _known.GetValueOrDefault(file.Path);
            known[file.Path] = before == file with { Order = before.Order } ? before : file with { Order = ++_order };
        }

        _known = known;
        return [.. known.Values.OrderByDescending(static f => f.Order)];
    }

    private static IEnumerable<string> FilesOf(string path) => File.Exists(path) ? [path]
        : !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(static f => Path.GetFileName(f) is not ['.', ..] && s_extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase));

    private static SavedFile Stamp(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new SavedFile(path, info.CreationTimeUtc > info.LastWriteTimeUtc ? info.CreationTimeUtc : info.LastWriteTimeUtc, info.Length, 0) : new SavedFile(path, default, -1, 0);
    }
}
