using System.ComponentModel;
using System.Diagnostics;

namespace HelloWorld;

/// <summary>Builds hello-world.go where Go is installed.</summary>
internal static class GoProgram
{
    /// <summary>Path of the executable, beside this program's own; null, with the reason, when it cannot be built.</summary>
    public static async Task<(string? Path, string Reason)> BuildAsync(string sourceFolder)
    {
        var source = Path.Combine(sourceFolder, "hello-world.go");
        var target = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "hello-world-go.exe" : "hello-world-go");
        if (File.Exists(target) && File.GetLastWriteTimeUtc(target) > File.GetLastWriteTimeUtc(source))
        {
            return (target, "");
        }

        try
        {
            var start = new ProcessStartInfo("go", ["build", "-o", target, source]) { RedirectStandardError = true, WorkingDirectory = sourceFolder };
            using var go = Process.Start(start)!;
            var errors = await go.StandardError.ReadToEndAsync();
            await go.WaitForExitAsync();
            return go.ExitCode == 0 ? (target, "") : (null, $"go build failed: {errors.Trim()}");
        }
        catch (Win32Exception)
        {
            return (null, "Go is not installed (Debian: golang-go)");
        }
    }
}
