namespace Samples.Supervision;

/// <summary>Paths for people.</summary>
internal static class DisplayPath
{
    /// <summary>A path as a visitor would type it: relative when it lies below the directory of the visitor's shell (dotnet run changes to the project's).</summary>
    public static string Of(string path)
    {
        var relative = Path.GetRelativePath(Environment.GetEnvironmentVariable("PWD") ?? Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
