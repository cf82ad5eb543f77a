using Mesh.Configuration.Validation;
using Spectre.Console;

namespace Mesh.Cli.Output;

/// <summary>The results of <c>validate</c> for people: a line for each finding, a line to sum up. Valid documents are only counted.</summary>
internal static class ValidationText
{
    public static void Write(IAnsiConsole console, IReadOnlyList<DocumentValidation> results)
    {
        foreach (var result in results)
        {
            foreach (var error in result.Errors)
            {
                Line(console, result, error, "[red]error[/]");
            }

            foreach (var warning in result.Warnings)
            {
                Line(console, result, warning, "[yellow]warning[/]");
            }
        }

        var invalid = results.Count(static r => !r.IsValid);
        var warnings = results.Sum(static r => r.Warnings.Count);
        console.MarkupLineInterpolated($"{Counted.Of(results.Count, "document")}: {(invalid == 0 ? "all valid" : $"{invalid} not valid")}{(warnings == 0 ? "" : $", {Counted.Of(warnings, "warning")}")}.");
    }

    private static void Line(IAnsiConsole console, DocumentValidation result, DocumentFinding finding, string level)
    {
        var line = finding.Line > 0 ? finding.Line : result.Line;
        var place = line == 0 ? result.File : finding.Column > 0 ? $"{result.File}:{line}:{finding.Column}" : $"{result.File}:{line}";
        var name = result.Namespace.Length == 0 ? result.Name : $"{result.Namespace}/{result.Name}";
        var subject = result.Kind.Length == 0 ? "" : $" {result.Kind} {name}:";
        var path = finding.Path.Length == 0 ? "" : $" {finding.Path}:";
        console.MarkupLine($"{place.EscapeMarkup()}: {level}:{subject.EscapeMarkup()}{path.EscapeMarkup()} {finding.Message.EscapeMarkup()}");
    }
}
