namespace Mesh.Conformance;

/// <summary>Finds other people's expectations. They are data beside the repository, never part of it; a clone without them skips these tests.</summary>
internal static class Corpora
{
    /// <summary>The folder: <c>$MESH_CORPORA</c>, or <c>../shared/corpora</c> beside the repository; null when there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Path of a file or folder of the corpora; skips the test when they are absent, or fails it under <c>MESH_REQUIRE_REAL=1</c>.</summary>
    /// <param name="parts">Path below the root.</param>
    public static string Require(params string[] parts)
    {
        if (Root is not null)
        {
            return Path.Combine([Root, .. parts]);
        }

        const string Message = "corpora not present: set MESH_CORPORA or put them at ../shared/corpora";
        if (Environment.GetEnvironmentVariable("MESH_REQUIRE_REAL") == "1")
        {
            Assert.Fail(Message);
        }

        Assert.Ignore(Message);
        return "";
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MESH_CORPORA") is { Length: > 0 } given)
        {
            return Directory.Exists(given) ? given : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mesh.sln")))
            {
                var beside = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "corpora"));
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
