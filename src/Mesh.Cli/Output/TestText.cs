using Mesh.Cli.Testing;
using Spectre.Console;

namespace Mesh.Cli.Output;

/// <summary>Results of routing tests for people: a line for each, and for one that failed what was expected and what is there.</summary>
internal static class TestText
{
    public static void Write(IAnsiConsole console, IReadOnlyList<SpecResult> specs)
    {
        foreach (var spec in specs)
        {
            console.MarkupLineInterpolated($"[bold]{spec.Path}[/]");
            foreach (var problem in spec.Problems)
            {
                console.MarkupLineInterpolated($"  [red]error[/] {problem}");
            }

            foreach (var result in spec.Results)
            {
                Write(console, result);
            }
        }

        var results = specs.SelectMany(static s => s.Results).ToArray();
        var failed = results.Count(static r => !r.HasPassed);
        console.WriteLine();
        console.MarkupLineInterpolated($"{results.Length - failed} passed, {failed} failed");
    }

    /// <summary>What is not as expected, as lines of a diff.</summary>
    public static IEnumerable<string> Diff(TestResult result)
    {
        foreach (var difference in result.Differences)
        {
            yield return difference.What;
            foreach (var line in difference.Expected)
            {
                yield return $"- {line}";
            }

            foreach (var line in difference.Actual)
            {
                yield return $"+ {line}";
            }
        }

        // The rules that said no on the way are as a rule where the mistake is.
        foreach (var considered in result.Explanation.Considered)
        {
            var match = considered.Match is { } index ? $" match {index}" : "";
            yield return $"{(considered.Matched ? "✓" : "✗")} {considered.Config} rule {considered.Rule}{match}: {considered.Because}";
        }

        foreach (var note in result.Explanation.Notes)
        {
            yield return note;
        }
    }

    private static void Write(IAnsiConsole console, TestResult result)
    {
        if (result.HasPassed)
        {
            console.MarkupLineInterpolated($"  [green]pass[/]  {result.Test.Name}");
            return;
        }

        console.MarkupLineInterpolated($"  [red]FAIL[/]  {result.Test.Name} [grey](line {result.Test.Position.Line})[/]");
        foreach (var line in Diff(result))
        {
            var color = line[0] switch { '-' => "red", '+' => "green", '✓' or '✗' => "grey", _ => "default" };
            console.MarkupLine($"          [{color}]{Markup.Escape(line)}[/]");
        }
    }
}
