using System.CommandLine;
using Mesh.Cli.Commands;

namespace Mesh.Cli;

/// <summary>The root command: one subcommand for each question that people ask about their configuration.</summary>
internal static class MeshCommand
{
    public static RootCommand Create() => new("Checks, analyzes, explains and tests the configuration of the mesh.")
    {
        AnalyzeCommand.Create(),
        ExplainCommand.Create(),
        SchemaCommand.Create(),
        StatusCommand.Create(),
        TestCommand.Create(),
        ValidateCommand.Create(),
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var parsed = Create().Parse(arguments);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }).ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
    }
}
