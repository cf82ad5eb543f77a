using System.CommandLine;
using Mesh.Cli.Output;
using Mesh.Cli.Testing;

namespace Mesh.Cli.Commands;

/// <summary><c>meshctl test</c>: unit tests for routing.</summary>
internal static class TestCommand
{
    private const string Description = """
        Runs tests of the configuration: named requests, and where each must go. They are kept beside the configuration and run before it is deployed.

        Examples:
          meshctl test routing.tests.yaml
          meshctl test */routing.tests.yaml --junit results.xml

        A file of tests:
          config: [mesh]                # files and folders, relative to this file
          services: [reviews]           # services that no document declares
          from: { namespace: default, labels: { app: productpage } }
          tests:
          - name: Jason sees the new version
            request: GET http://reviews:9080/reviews/0
            headers: { end-user: jason }
            expect:
              rule: testers
              destinations: [{ host: reviews, subset: v2, share: 100 }]

        Exit code 1 when a test fails or a document of the configuration is not valid.
        """;

    private static readonly Argument<string[]> s_specs = new("SPEC") { Description = "Files of tests.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> s_junit = new("--junit") { Description = "Writes the results to a file as JUnit XML, too.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("test", Description) { s_specs, s_junit };
        command.SetAction(static (parsed, _) => CommandRun.GuardAsync(parsed, () => Task.FromResult(Run(parsed))));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        SpecResult[] results = [.. PathArguments.Of(parsed, s_specs).Select(RoutingTestRun.Run)];
        TestText.Write(Terminal.On(parsed.InvocationConfiguration.Output), results);
        if (parsed.GetValue(s_junit) is { } junit)
        {
            JUnitReport.Write(junit, results);
        }

        return results.All(static r => r.HasPassed) ? ExitCodes.Ok : ExitCodes.Findings;
    }
}
