namespace Samples.Supervision;

/// <summary>
/// Paths between a visitor and a sample. <c>dotnet run</c> changes to the directory of a web project, so what the visitor types and reads
/// is relative to the directory of the visitor's shell, not to the process's own.
/// </summary>
internal static class UserPath
{
    private static string Directory => Environment.GetEnvironmentVariable("PWD") ?? Environment.CurrentDirectory;

    /// <summary>The full path of what the visitor typed.</summary>
    public static string Resolve(string typed) => Path.GetFullPath(typed, Directory);

    /// <summary>A path as the visitor would type it: relative when it lies below that directory.</summary>
    public static string Display(string path)
    {
        var relative = Path.GetRelativePath(Directory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
