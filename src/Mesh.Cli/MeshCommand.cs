using System.CommandLine;
using System.CommandLine.Invocation;
using Mesh.Cli.Commands;
using Mesh.Cli.Output;

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
        var root = Create();
        var parsed = root.Parse(arguments);
        var asked = parsed.CommandResult.Command;
        HelpText.Fit(root, asked, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected ? Console.WindowWidth : int.MaxValue);
        if (parsed.Action is ParseErrorAction wrong && arguments.Count > 0)
        {
            // The error output says what is wrong; a page of help among what a program reads would only be in the way.
            wrong.ShowHelp = false;
            wrong.ShowTypoCorrections = true;
        }

        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }).ConfigureAwait(false);
        if (parsed.Errors.Count == 0)
        {
            return code;
        }

        await error.WriteLineAsync($"meshctl {(asked == root ? "" : asked.Name + " ")}--help says what there is.").ConfigureAwait(false);
        return ExitCodes.Usage;
    }
}
