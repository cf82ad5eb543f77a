using Mesh.Configuration.Analysis;
using Spectre.Console;

namespace Mesh.Cli.Output;

/// <summary>The messages of <c>analyze</c> for people: two lines each, then what was found and what could not be asked.</summary>
internal static class AnalysisText
{
    private const string Indent = "    ";

    public static void Write(IAnsiConsole console, AnalysisResult result)
    {
        foreach (var message in result.Messages)
        {
            var level = message.Type.Level switch
            {
                AnalysisLevel.Error => "[red]error[/]",
                AnalysisLevel.Warning => "[yellow]warning[/]",
                _ => "[blue]info[/]",
            };
            var resource = message.Resource.Length == 0 ? "" : $" {message.Resource}";
            console.MarkupLine($"{message.At.ToString().EscapeMarkup()}: {level} [bold]{message.Type.Code}[/] {message.Type.Name}{resource.EscapeMarkup()}");
            foreach (var line in LineBreaks.Wrap(message.Text, console.Profile.Width - Indent.Length - 1).Split('\n'))
            {
                console.MarkupLine($"{Indent}{line.EscapeMarkup()}");
            }
        }

        var counts = (ReadOnlySpan<AnalysisLevel>)[AnalysisLevel.Error, AnalysisLevel.Warning, AnalysisLevel.Info];
        var found = new List<string>();
        foreach (var level in counts)
        {
            if (result.Messages.Count(m => m.Type.Level == level) is > 0 and var count)
            {
                found.Add(level == AnalysisLevel.Info ? $"{count} info" : Counted.Of(count, level == AnalysisLevel.Error ? "error" : "warning"));
            }
        }

        console.MarkupLineInterpolated($"{Counted.Of(result.Documents, "document")}: {(result.Documents == 0 ? "nothing to look at" : found.Count == 0 ? "nothing found" : string.Join(", ", found))}.");
        if (result.Documents > 0)
        {
            Skipped(console, result);
        }
    }

    private static void Skipped(IAnsiConsole console, AnalysisResult result)
    {
        var needs = result.Skipped.Aggregate(AnalysisNeeds.Nothing, static (all, a) => all | a.Needs);
        if (result.LacksServices)
        {
            console.MarkupLine("[dim]Not asked whether hosts exist: too few of the services that the rules name are among the documents.[/]");
        }
        else if (needs.HasFlag(AnalysisNeeds.Services))
        {
            console.MarkupLine("[dim]Not asked whether hosts exist: there are no Services, ServiceEntries or Services sections (appsettings.json) among the documents.[/]");
        }

        if (needs.HasFlag(AnalysisNeeds.DestinationRules) && result.UsesSubsets)
        {
            console.MarkupLine("[dim]Not asked whether subsets exist: there are no DestinationRules among the documents.[/]");
        }

        if (needs.HasFlag(AnalysisNeeds.Workloads))
        {
            console.MarkupLine("[dim]Not asked what selectors and subsets find: there are no Pods, Deployments or WorkloadEntries among the documents.[/]");
        }
    }
}
