using System.Globalization;
using Mesh.Configuration.Explain;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Cli.Testing;

/// <summary>One thing that is not as expected.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Expected">Lines that should be there.</param>
/// <param name="Actual">Lines that are there.</param>
internal sealed record Difference(string What, IReadOnlyList<string> Expected, IReadOnlyList<string> Actual);

/// <summary>Compares an explanation with what a test expects of it.</summary>
internal sealed class ExpectationCheck
{
    /// <summary>Shares are written by people: 33 stands for a third.</summary>
    private const double ShareTolerance = 0.51;

    private readonly List<Difference> _differences = [];

    public static IReadOnlyList<Difference> Compare(RoutingExpectation expect, Explanation actual)
    {
        var check = new ExpectationCheck();
        check.Decision(expect, actual);
        check.Requests(expect, actual);
        check.Policies(expect, actual);
        return check._differences;
    }

    private void Decision(RoutingExpectation expect, Explanation actual)
    {
        Same("outcome", Word(expect.Outcome), Word(actual.Outcome));
        Same("status", Text(expect.Status), Text(actual.Status));
        Same("config", expect.Config, actual.Config ?? "none");
        if (expect.Rule is { } rule && rule != actual.Rule?.Name && rule != Text(actual.Rule?.Index))
        {
            Add("rule", [rule], [actual.Rule is null ? "none" : actual.Rule.Name ?? Text(actual.Rule.Index)!]);
        }

        Same("redirect", expect.Redirect, actual.Redirect?.Location ?? "none");
        Same("body", expect.Body, actual.DirectResponse?.Body ?? "none");
        if (expect.Destinations is { } destinations)
        {
            Targets("destinations", destinations, [.. actual.Destinations.Select(static d => new Target(d.Host, d.Subset, d.Port, d.Share * 100, d.Status))]);
        }
    }

    private void Requests(RoutingExpectation expect, Explanation actual)
    {
        foreach (var destination in actual.Destinations)
        {
            if (destination.Request is not { } request)
            {
                continue;
            }

            var towards = actual.Destinations.Count == 1 ? "" : $" towards {destination.Cluster}";
            Same("path" + towards, expect.Path, request.Path);
            Same("authority" + towards, expect.Authority, request.Authority);
            foreach (var (name, value) in expect.Headers)
            {
                Same($"header {name}{towards}", value, request.Headers.GetValueOrDefault(name) ?? "absent");
            }

            foreach (var name in expect.AbsentHeaders)
            {
                Same($"header {name}{towards}", "absent", request.Headers.GetValueOrDefault(name) ?? "absent");
            }
        }
    }

    private void Policies(RoutingExpectation expect, Explanation actual)
    {
        foreach (var (name, value) in expect.ResponseHeaders)
        {
            Same($"response header {name}", value, actual.Response.SetHeaders.GetValueOrDefault(name) ?? actual.Response.AddHeaders.GetValueOrDefault(name) ?? "untouched");
        }

        Same("timeout", Text(expect.Timeout), Text(actual.Timeout) ?? "none");
        Same("retries", Text(expect.Retries), Text(actual.Retries?.Attempts) ?? "none");
        if (expect.Mirrors is { } mirrors)
        {
            Targets("mirrors", mirrors, [.. actual.Mirrors.Select(static m => Target.OfCluster(m.Cluster, m.Percent))]);
        }

        if (expect.Fault is { } fault)
        {
            Same("fault.delay", Text(fault.Delay), Text(actual.Fault?.Delay?.Duration) ?? "none");
            Same("fault.delayPercent", Text(fault.DelayPercent), Text(actual.Fault?.Delay?.Percent) ?? "none");
            Same("fault.abort", Text(fault.Abort), Text(actual.Fault?.Abort?.Status) ?? "none");
            Same("fault.abortPercent", Text(fault.AbortPercent), Text(actual.Fault?.Abort?.Percent) ?? "none");
        }
    }

    private void Targets(string what, ModelList<ExpectedDestination> expected, List<Target> actual)
    {
        var left = actual.ToList();
        var isSame = expected.Count == actual.Count;
        foreach (var destination in expected)
        {
            var index = left.FindIndex(t => t.Meets(destination));
            isSame &= index >= 0;
            if (index >= 0)
            {
                left.RemoveAt(index);
            }
        }

        if (!isSame)
        {
            Add(what, [.. expected.Select(static e => Target.Describe(e.Host, e.Subset, e.Port, e.Share ?? 100, null))], [.. actual.Select(static t => Target.Describe(t.Host, t.Subset, t.Port, t.Share, t.Status))]);
        }
    }

    private void Same(string what, string? expected, string? actual)
    {
        if (expected is not null && expected != actual)
        {
            Add(what, [expected], [actual ?? "none"]);
        }
    }

    private void Add(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual) => _differences.Add(new Difference(what, expected, actual));

    private static string? Word(ExplainedOutcome? outcome) => outcome is null ? null : char.ToLowerInvariant(outcome.ToString()![0]) + outcome.ToString()![1..];

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(double? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);

    private static string? Text(TimeSpan? time) => time is { } value ? DurationText.Format(value) : null;

    private sealed record Target(string Host, string? Subset, int Port, double Share, int? Status)
    {
        /// <summary>Takes <c>outbound|port|subset|host</c> apart.</summary>
        public static Target OfCluster(string cluster, double percent)
        {
            var parts = cluster.Split('|');
            return new Target(parts[3], parts[2].Length == 0 ? null : parts[2], int.Parse(parts[1], CultureInfo.InvariantCulture), percent, null);
        }

        public static string Describe(string host, string? subset, int? port, double share, int? status) => string.Create(
            CultureInfo.InvariantCulture,
            $"{share:0.##} % {host}{(port is null ? "" : $":{port}")}{(subset is null ? "" : $", subset {subset}")}{(status is null ? "" : $", answered with {status}")}");

        /// <summary>A short name, one with its namespace, or the full one.</summary>
        public bool Meets(ExpectedDestination expected) =>
            (Host == expected.Host || Host.StartsWith(expected.Host + ".", StringComparison.Ordinal))
            && Subset == expected.Subset && (expected.Port is null || expected.Port == Port) && Math.Abs((expected.Share ?? 100) - Share) < ShareTolerance;
    }
}
