using System.CommandLine;
using Mesh.Cli.Input;

namespace Mesh.Cli.Commands;

/// <summary>What all commands do alike around their work.</summary>
internal static class CommandRun
{
    /// <summary>Runs the work of a command; what cannot be done as asked is said on the error output and returns <see cref="ExitCodes.Usage"/>.</summary>
    public static async Task<int> GuardAsync(ParseResult parsed, Func<Task<int>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (error is UsageException or IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"meshctl: {error.Message}").ConfigureAwait(false);
            return ExitCodes.Usage;
        }
    }
}
