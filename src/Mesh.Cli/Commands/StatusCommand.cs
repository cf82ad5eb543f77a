using System.CommandLine;
using System.Text.Json;
using Mesh.Cli.Input;
using Mesh.Cli.Output;
using Mesh.Configuration.GatewayApi;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Cli.Commands;

/// <summary><c>meshctl status</c>: what a controller would write into the status of Gateways, routes and policies.</summary>
internal static class StatusCommand
{
    private const string Description = """
        Says of each Gateway, HTTPRoute, GRPCRoute and BackendTLSPolicy what its status would be: which parents accept it, which references
        resolve, how many routes a listener has. Parents that do not exist are listed too; in a cluster such a route just has no status.

        Examples:
          meshctl status mesh/
          meshctl status routes.yaml services.yaml -o json

        Exit code: 0 every condition is as it should be, 1 one is not or a document is refused, 2 the command line is wrong or a path cannot be read.
        """;

    private static readonly Argument<string[]> s_paths = new("PATH") { Description = "Files and folders (*.yaml, *.yml, *.json); - is the standard input.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> s_namespace = new("--namespace", "-n") { Description = "Namespace of documents that name none.", HelpName = "NS", DefaultValueFactory = static _ => "default" };
    private static readonly Option<string> s_output = OutputOption.Create();

    public static Command Create()
    {
        var command = new Command("status", Description) { s_paths, s_namespace, s_output };
        command.SetAction((parsed, _) => CommandRun.GuardAsync(parsed, () => Task.FromResult(Run(parsed))));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var result = StatusReader.Read(ConfigFiles.Read(PathArguments.Of(parsed, s_paths)), Workload.Default with { Namespace = parsed.GetValue(s_namespace)! });
        var refused = result.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).ToArray();
        var problems = new ProblemText(parsed.InvocationConfiguration.Error);
        foreach (var problem in refused)
        {
            problems.LeftOut(problem);
        }

        problems.Finish();
        var output = parsed.InvocationConfiguration.Output;
        if (OutputOption.IsJson(parsed, s_output))
        {
            output.WriteLine(JsonSerializer.Serialize(result.Objects, StatusJson.Indented.IReadOnlyListObjectStatus));
        }
        else
        {
            StatusText.Write(Terminal.On(output), result.Objects);
        }

        return refused.Length > 0 || result.Objects.Any(static o => o.Missing.Count > 0 || Conditions(o).Any(StatusText.IsBad)) ? ExitCodes.Findings : ExitCodes.Ok;
    }

    private static IEnumerable<Condition> Conditions(ObjectStatus status) =>
        [.. status.Conditions, .. status.Listeners.SelectMany(static l => l.Conditions), .. status.Parents.SelectMany(static p => p.Conditions), .. status.Ancestors.SelectMany(static p => p.Conditions)];
}
