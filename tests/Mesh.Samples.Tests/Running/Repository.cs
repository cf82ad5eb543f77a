namespace Mesh.Samples.Tests.Running;

/// <summary>Where the sources stand.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: what this test was built as, and so what stands ready to run. The output folder bears its name.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name.StartsWith("debug", StringComparison.OrdinalIgnoreCase) ? "Debug" : "Release";

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mesh.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The test does not run below a folder with Mesh.sln.");
    }
}
