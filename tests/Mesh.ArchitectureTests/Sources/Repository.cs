namespace Mesh.ArchitectureTests.Sources;

/// <summary>The working copy these tests run in: the nearest folder above the test assembly that holds Mesh.sln.</summary>
internal static class Repository
{
    private static readonly string[] s_notOurs = ["artifacts", "bin", "obj", "node_modules", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>The C# files of product code.</summary>
    public static IReadOnlyList<SourceFile> Source { get; } = [.. Files("src", "*.cs").Select(SourceFile.Read)];

    /// <summary>Paths of files under a folder, relative to the root, with slashes, sorted. None when the folder does not exist.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var start = Path.Combine(Root, folder);
        return !Directory.Exists(start)
            ? []
            : Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(f => !f.Split('/').Any(s_notOurs.Contains))
                .Order(StringComparer.Ordinal);
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mesh.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Mesh.sln above {AppContext.BaseDirectory}: these tests run inside the working copy.");
    }
}
