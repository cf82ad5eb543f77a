using Mesh.Client.Compile;
using Mesh.Configuration.Explain;
using Mesh.Model;
using Mesh.PropertyTests.Routing;

namespace Mesh.PropertyTests.Explaining;

/// <summary>Compares what the interpreter says of a request with what the request path does: rule, alternative, shares, what each backend sees, answers.</summary>
internal static class Agreement
{
    /// <summary>The outcome, and the first difference in words; null when they agree.</summary>
    public static async Task<(ExplainedOutcome Outcome, string? Difference)> CompareAsync(MeshUnderTest mesh, MeshExplainer explainer, RequestCase request)
    {
        var explanation = explainer.Explain(new ExplainRequest
        {
            Method = request.Method,
            Url = new Uri(request.Uri),
            Host = request.Host,
            Headers = [.. request.Headers.Select(static h => KeyValuePair.Create(h.Name, h.Value))],
        });
        using var message = request.Build();
        return (explanation.Outcome, InMatching(mesh.Match(message), explanation) ?? await InSendingAsync(mesh, request, explanation));
    }

    private static string? InMatching((CompiledRoute Route, CompiledMatch? Match)? compiled, Explanation explanation)
    {
        if (compiled is not { } found)
        {
            return explanation.Outcome is ExplainedOutcome.Passthrough or ExplainedOutcome.Blackhole ? null : $"the host is unknown, yet the outcome {explanation.Outcome}";
        }

        if (explanation.Outcome is ExplainedOutcome.Passthrough or ExplainedOutcome.Blackhole)
        {
            return $"the host is known, yet the outcome {explanation.Outcome}";
        }

        var (route, match) = found;
        if (route.Rule?.Name != explanation.ModelRule?.Name || (route == CompiledRoute.NotFound) != (explanation.Outcome == ExplainedOutcome.NotFound))
        {
            return $"rule {route.Rule?.Name ?? route.Name} matches, not {explanation.ModelRule?.Name ?? explanation.Outcome.ToString()}";
        }

        if (match is not null && (match.Path?.Kind, match.Path?.Value) != (explanation.ModelMatch?.Path?.Kind, explanation.ModelMatch?.Path?.Value))
        {
            return $"of {route.Name} the alternative {match.Path?.Value} held, not {explanation.ModelMatch?.Path}";
        }

        if (route.Forward is { } forward
            && (forward.Timeout, forward.Retries.Attempts, forward.Retries.PerTryTimeout) != (explanation.Timeout, explanation.Retries!.Attempts, explanation.Retries.PerTryTimeout))
        {
            return $"{route.Name} has {forward.Timeout} and {forward.Retries}, not {explanation.Timeout} and {explanation.Retries}";
        }

        var total = 0L;
        foreach (var destination in route.Destinations)
        {
            total += destination.Weight;
        }

        var shares = new List<(string, double)>();
        foreach (var destination in route.Destinations)
        {
            shares.Add((destination.Key.ToString(), (double)destination.Weight / total));
        }

        var mirrors = route.Mirrors.Where(static m => m.Cluster is not null).Select(static m => (m.Cluster!.Model.Key.ToString(), m.Percent));
        return !shares.SequenceEqual(explanation.Destinations.Select(static d => (d.Cluster, d.Share)))
            ? $"shares {string.Join(", ", shares)}, not {string.Join(", ", explanation.Destinations.Select(static d => (d.Cluster, d.Share)))}"
            : !mirrors.SequenceEqual(explanation.Mirrors.Select(static m => (m.Cluster, m.Percent)))
            ? $"copies to {string.Join(", ", mirrors)}, not {string.Join(", ", explanation.Mirrors)}"
            : null;
    }

    private static async Task<string?> InSendingAsync(MeshUnderTest mesh, RequestCase request, Explanation explanation)
    {
        if (explanation.Destinations.Count == 0)
        {
            var sent = await mesh.SendAsync(request, 0);
            return FaultDiffers(sent, explanation.Fault) ?? (IsAborted(explanation.Fault) ? null : AnswerDiffers(sent, explanation));
        }

        var begin = 0.0;
        foreach (var destination in explanation.Destinations)
        {
            var sent = await mesh.SendAsync(request, begin + (destination.Share / 2));
            begin += destination.Share;
            if ((FaultDiffers(sent, explanation.Fault) ?? (IsAborted(explanation.Fault) ? null : DestinationDiffers(sent, explanation, destination))) is { } difference)
            {
                return $"towards {destination.Cluster}: {difference}";
            }
        }

        return null;
    }

    private static bool IsAborted(ExplainedFault? fault) => fault?.Abort is { Percent: 100 };

    /// <summary>A fault comes before all else: also before an answer of the rule's own, and before a backend that does not exist.</summary>
    private static string? FaultDiffers(SentRequest sent, ExplainedFault? fault)
    {
        var wait = fault?.Delay is { Percent: 100 } delay ? delay.Duration : TimeSpan.Zero;
        if (wait == TimeSpan.Zero ? sent.Waited > wait : sent.Waited < wait)
        {
            return $"held back for {sent.Waited}, not {wait}";
        }

        if (!IsAborted(fault))
        {
            return null;
        }

        // A gRPC status travels in a header of a successful answer.
        var status = fault!.Abort!.GrpcStatus is null ? fault.Abort.Status : 200;
        return sent.Endpoint is not null ? $"sent to {sent.Endpoint} in spite of the fault" : sent.Status != status ? $"aborted with {sent.Status}, not {status}" : null;
    }

    /// <summary>Answers without a destination.</summary>
    private static string? AnswerDiffers(SentRequest sent, Explanation explanation)
    {
        if (explanation.Outcome == ExplainedOutcome.Passthrough)
        {
            return sent.Endpoint == "elsewhere" ? null : $"the request went to {sent.Endpoint}";
        }

        return sent.Endpoint is not null ? $"the request was sent to {sent.Endpoint}"
            : sent.Status != explanation.Status ? $"status {sent.Status}, not {explanation.Status}"
            : RedirectDiffers(sent, explanation.Redirect)
            ?? (explanation.Outcome is ExplainedOutcome.Redirect or ExplainedOutcome.DirectResponse ? HeadersDiffer(sent, [], explanation.Response, null) : null);
    }

    private static string? DestinationDiffers(SentRequest sent, Explanation explanation, ExplainedDestination destination)
    {
        if (!sent.IsRestored)
        {
            return "the caller's message is not restored";
        }

        if (destination.Redirect is not null)
        {
            return sent.Status != destination.Redirect.Status ? $"status {sent.Status}, not {destination.Redirect.Status}" : RedirectDiffers(sent, destination.Redirect);
        }

        if (destination.Status is not null || destination.Endpoints.Count == 0)
        {
            var status = destination.Status ?? 503;
            return sent.Endpoint is not null ? $"the request was sent to {sent.Endpoint}" : sent.Status != status ? $"status {sent.Status}, not {status}" : null;
        }

        if (sent.Seen is not { } seen)
        {
            return $"nothing was sent; status {sent.Status}";
        }

        var expected = destination.Request!;
        return !destination.Endpoints.Contains(sent.Endpoint) ? $"sent to {sent.Endpoint}, which is none of {string.Join(", ", destination.Endpoints)}"
            : (seen.Method, seen.Path, seen.Authority) != (expected.Method, expected.Path, expected.Authority)
            ? $"the backend sees {seen.Method} {seen.Path} of {seen.Authority}, not {expected.Method} {expected.Path} of {expected.Authority}"
            : !Same(seen.Headers, expected.Headers) ? $"the backend sees headers {Text(seen.Headers)}, not {Text(expected.Headers)}"
            : HeadersDiffer(sent, [KeyValuePair.Create("x-resp", "first"), KeyValuePair.Create("x-resp", "second")], explanation.Response, destination.Response);
    }

    private static string? RedirectDiffers(SentRequest sent, ExplainedRedirect? redirect) =>
        sent.Location == redirect?.Location ? null : $"redirected to {sent.Location}, not {redirect?.Location}";

    /// <summary>Carries the explained edits out and compares.</summary>
    private static string? HeadersDiffer(SentRequest sent, IEnumerable<KeyValuePair<string, string>> answered, params ReadOnlySpan<ExplainedResponse?> edits)
    {
        var headers = new HeaderSet(answered);
        foreach (var edit in edits)
        {
            if (edit is not null)
            {
                headers.Apply(new HeaderOperations { Remove = [.. edit.RemoveHeaders], Set = edit.SetHeaders.ToModelMap(), Add = edit.AddHeaders.ToModelMap() });
            }
        }

        var expected = headers.ToDictionary();
        return Same(sent.Headers, expected) ? null : $"the answer has headers {Text(sent.Headers)}, not {Text(expected)}";
    }

    private static bool Same(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count && left.All(h => right.TryGetValue(h.Key, out var value) && value == h.Value);

    private static string Text(IReadOnlyDictionary<string, string> headers) => "[" + string.Join("; ", headers.Select(static h => $"{h.Key}: {h.Value}")) + "]";
}
