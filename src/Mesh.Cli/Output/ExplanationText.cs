using System.Globalization;
using Mesh.Configuration.Explain;
using Mesh.Configuration.Reading;
using Spectre.Console;

namespace Mesh.Cli.Output;

/// <summary>An explanation for people: the decision in a few lines, then every rule that was tried and why it was not the one.</summary>
internal static class ExplanationText
{
    public static void Write(IAnsiConsole console, ExplainRequest request, Explanation explanation, IReadOnlyList<(string Place, string Because)> notForCaller)
    {
        console.MarkupLineInterpolated($"{request.Method} {request.Url} [grey]asks {explanation.AskedOf}[/]");
        Decision(console, explanation);
        foreach (var destination in explanation.Destinations)
        {
            Destination(console, request, destination);
        }

        foreach (var line in Details(explanation))
        {
            console.MarkupLineInterpolated($"  {line.Name,-9} {line.Value}");
        }

        foreach (var note in explanation.Notes)
        {
            console.MarkupLineInterpolated($"  [yellow]{"note",-9}[/] {note}");
        }

        Considered(console, explanation);
        if (notForCaller.Count > 0)
        {
            console.WriteLine();
            console.MarkupLine("[grey]not for this caller[/]");
            foreach (var (place, because) in notForCaller)
            {
                console.MarkupLineInterpolated($"  [red]✗[/] {place}  {because}");
            }
        }
    }

    private static void Decision(IAnsiConsole console, Explanation explanation)
    {
        var word = explanation.Outcome switch
        {
            ExplainedOutcome.Route => "is sent on",
            ExplainedOutcome.Redirect => $"is redirected with {explanation.Status} to {explanation.Redirect!.Location}",
            ExplainedOutcome.DirectResponse => $"is answered with {explanation.Status}",
            ExplainedOutcome.Passthrough => "passes through",
            ExplainedOutcome.Blackhole => $"is refused with {explanation.Status}",
            ExplainedOutcome.NotFound => $"is answered with {explanation.Status}: not found",
            _ => $"is answered with {explanation.Status}: error",
        };
        var color = explanation.Outcome is ExplainedOutcome.NotFound or ExplainedOutcome.Error or ExplainedOutcome.Blackhole ? "red" : "green";
        console.MarkupLine($"[{color} bold]{Markup.Escape(word)}[/]{Markup.Escape(explanation.Rule is { } rule ? $" by {explanation.Config ?? "the configuration"}, {Name(rule)}" : "")}");
    }

    private static string Name(ExplainedRule rule)
    {
        var name = rule.Name is null ? "" : $" ({rule.Name})";
        return string.Create(CultureInfo.InvariantCulture, $"rule {rule.Index}{name}{(rule.Match is { } match ? $", match {match}" : "")}");
    }

    private static void Destination(IAnsiConsole console, ExplainRequest request, ExplainedDestination destination)
    {
        var share = string.Create(CultureInfo.InvariantCulture, $"{destination.Share * 100:0.##} %");
        console.MarkupLineInterpolated($"  [bold]{share,-9}[/] {destination.Cluster}");
        if (destination.Status is { } status)
        {
            console.MarkupLineInterpolated($"  {"",-9} [red]answered with {status}, not sent[/]");
        }
        else if (destination.Redirect is { } redirect)
        {
            console.MarkupLineInterpolated($"  {"",-9} redirected with {redirect.Status} to {redirect.Location}");
        }
        else if (destination.Request is { } seen)
        {
            var endpoints = destination.Endpoints.Count == 0 ? "endpoints from discovery" : string.Join(", ", destination.Endpoints);
            console.MarkupLineInterpolated($"  {"",-9} [grey]{destination.LoadBalancer} over {endpoints}[/]");
            if (StickyKey.Describe(destination.ConsistentHash, seen, request) is { } key)
            {
                console.MarkupLineInterpolated($"  {"",-9} [grey]sticks by {key}[/]");
            }

            foreach (var change in Changes(request, seen))
            {
                console.MarkupLineInterpolated($"  {"",-9} sees {change}");
            }
        }

        if (destination.Response is { } response)
        {
            console.MarkupLineInterpolated($"  {"",-9} its answer: {Describe(response)}");
        }
    }

    /// <summary>What the backend sees that the caller did not write.</summary>
    private static IEnumerable<string> Changes(ExplainRequest request, ExplainedBackendRequest seen)
    {
        if (seen.Path != request.Url.PathAndQuery)
        {
            yield return $"path {seen.Path}";
        }

        var before = new RequestFacts(request, 0);
        if (seen.Authority != before.Authority)
        {
            yield return $"host {seen.Authority}";
        }

        foreach (var (name, value) in seen.Headers)
        {
            if (before.Headers.Value(name) != value)
            {
                yield return $"header {name}: {value}";
            }
        }

        foreach (var name in before.Headers.ToDictionary().Keys)
        {
            if (!seen.Headers.ContainsKey(name))
            {
                yield return $"no header {name}";
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Details(Explanation explanation)
    {
        if (explanation.DirectResponse is { Body.Length: > 0 } direct)
        {
            yield return ("body", direct.Body);
        }

        if (explanation.Fault is { } fault)
        {
            if (fault.Delay is { } delay)
            {
                yield return ("fault", string.Create(CultureInfo.InvariantCulture, $"{delay.Percent:0.####} % wait {DurationText.Format(delay.Duration)}"));
            }

            if (fault.Abort is { } abort)
            {
                var status = abort.GrpcStatus is null ? abort.Status?.ToString(CultureInfo.InvariantCulture) : $"gRPC {abort.GrpcStatus}";
                yield return ("fault", string.Create(CultureInfo.InvariantCulture, $"{abort.Percent:0.####} % are answered with {status}"));
            }
        }

        if (explanation.Timeout is { } timeout)
        {
            yield return ("timeout", DurationText.Format(timeout));
        }

        if (explanation.Retries is { } retries)
        {
            var perTry = retries.PerTryTimeout is { } time ? $" of {DurationText.Format(time)} each" : "";
            yield return ("retries", retries.Attempts == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{retries.Attempts}{perTry} on {string.Join(", ", retries.RetryOn)}"));
        }

        foreach (var mirror in explanation.Mirrors)
        {
            yield return ("copy", string.Create(CultureInfo.InvariantCulture, $"{mirror.Percent:0.####} % to {mirror.Cluster}"));
        }

        if (!explanation.Response.IsEmpty)
        {
            yield return ("response", Describe(explanation.Response));
        }
    }

    private static string Describe(ExplainedResponse response) => string.Join(
        ", ",
        response.RemoveHeaders.Select(static name => $"without {name}")
            .Concat(response.SetHeaders.Select(static header => $"{header.Key} set to {header.Value}"))
            .Concat(response.AddHeaders.Select(static header => $"{header.Value} added to {header.Key}")));

    private static void Considered(IAnsiConsole console, Explanation explanation)
    {
        if (explanation.Considered.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine("[grey]rules in the order they were tried[/]");
        var places = explanation.Considered.Select(static c => $"{c.Config} rule {c.Rule}{(c.Match is { } match ? $" match {match}" : "")}".Trim()).ToArray();
        var width = places.Max(static place => place.Length);
        for (var i = 0; i < places.Length; i++)
        {
            var considered = explanation.Considered[i];
            var mark = considered.Matched ? "[green]✓[/]" : "[red]✗[/]";
            console.MarkupLine($"  {mark} {Markup.Escape(places[i].PadRight(width))}  {Markup.Escape(considered.Because)}");
        }
    }
}
