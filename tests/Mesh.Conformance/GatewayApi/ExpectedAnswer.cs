using System.Text.Json;
using Mesh.Configuration.Explain;
using Mesh.Model;

namespace Mesh.Conformance.GatewayApi;

/// <summary>Compares what the mesh says of a request with what the suite expects, its runner's own omissions included: redirect targets, rewritten paths.</summary>
internal static class ExpectedAnswer
{
    /// <summary>What differs; null when nothing does.</summary>
    public static string? Difference(GatewayCase expected, Explanation actual)
    {
        var status = actual.Status ?? BackendStatus(expected.Behaviour, actual);
        if (!expected.Statuses.Contains(status) && !(status is 408 or 504 && expected.Statuses.Any(static s => s is 408 or 504)))
        {
            return $"status {status}, expected {string.Join(" or ", expected.Statuses)}; {actual.Outcome} {string.Join(", ", actual.Notes)}";
        }

        if (expected.Expect.TryGetProperty("redirect", out var redirect) && redirect.ValueKind == JsonValueKind.Object)
        {
            return Redirect(redirect, actual.Redirect?.Location);
        }

        if (actual.Outcome != ExplainedOutcome.Route)
        {
            return GatewayCase.Text(expected.Expect, "backend") is { } wanted ? $"{actual.Outcome}, expected backend {wanted}" : Response(expected, actual, null);
        }

        return Distribution(expected.Expect, actual) ?? Backend(expected, actual) ?? Mirrors(expected.Expect, actual);
    }

    /// <summary>The status that comes of the route's time and retries and what its backend does.</summary>
    private static int BackendStatus(JsonElement behaviour, Explanation actual)
    {
        if (behaviour.ValueKind != JsonValueKind.Object || actual.ModelRule?.Action is not ForwardAction forward)
        {
            return 200;
        }

        var slow = GatewayCase.Text(behaviour, "delay_response") is { } delay ? Seconds(delay) : 0;
        if (!behaviour.TryGetProperty("fail_first", out var failures))
        {
            return slow > (forward.Timeout?.TotalSeconds ?? double.MaxValue) || slow > (forward.Retries.PerTryTimeout?.TotalSeconds ?? double.MaxValue) ? 504 : 200;
        }

        var pause = GatewayCase.Text(behaviour, "delay_each_failure") is { } each ? Seconds(each) : 0;
        var code = behaviour.GetProperty("fail_with") is { ValueKind: JsonValueKind.Object } with && with.TryGetProperty("status", out var s) ? s.GetInt32() : 0;
        var timesOut = pause > (forward.Retries.PerTryTimeout?.TotalSeconds ?? double.MaxValue);
        var repeats = timesOut || code == 0
            ? (forward.Retries.RetryOn & RetryConditions.Reset) != 0
            : (forward.Retries.RetryOn & RetryConditions.RetriableStatusCodes) != 0 && forward.Retries.StatusCodes.Contains(code);
        var tries = repeats ? 1 + forward.Retries.Attempts : 1;
        var elapsed = Math.Min(tries, failures.GetInt32()) * Math.Min(pause, forward.Retries.PerTryTimeout?.TotalSeconds ?? pause);
        // The pauses between tries take the rest.
        return elapsed >= (forward.Timeout?.TotalSeconds ?? double.MaxValue) ? 504
            : tries > failures.GetInt32() ? 200
            : timesOut ? 504
            : code == 0 ? 503 : code;
    }

    private static string? Redirect(JsonElement expected, string? location)
    {
        if (location is null)
        {
            return "no redirect";
        }

        var uri = new Uri(location);
        var port = GatewayCase.Text(expected, "port");
        var portDiffers = port is null ? !uri.IsDefaultPort : uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) != port;
        return uri.Scheme != GatewayCase.Text(expected, "scheme") || portDiffers || uri.AbsolutePath != GatewayCase.Text(expected, "path")
            || (GatewayCase.Text(expected, "host") is { } host && host != uri.Host)
            ? $"redirect to {location}, expected {expected}"
            : null;
    }

    private static string? Distribution(JsonElement expect, Explanation actual)
    {
        if (!expect.TryGetProperty("distribution", out var distribution) || distribution.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var shares = actual.Destinations.ToDictionary(static d => d.Service, static d => d.Share);
        var weights = distribution.GetProperty("weights").EnumerateObject().ToDictionary(static w => w.Name, static w => w.Value.GetDouble());
        return weights.Any(w => Math.Abs(shares.GetValueOrDefault(w.Key) - w.Value) > 1e-6) || shares.Keys.Except(weights.Keys).Any()
            ? $"shares {string.Join(", ", shares)}, expected {string.Join(", ", weights)}"
            : null;
    }

    private static string? Backend(GatewayCase expected, Explanation actual)
    {
        var backend = GatewayCase.Text(expected.Expect, "backend");
        var @namespace = GatewayCase.Text(expected.Expect, "backend_namespace");
        foreach (var destination in actual.Destinations)
        {
            if (backend is not null && !destination.Service.StartsWith(backend, StringComparison.Ordinal))
            {
                return $"backend {destination.Service}, expected {backend}";
            }

            if (@namespace is not null && destination.Namespace != @namespace)
            {
                return $"namespace {destination.Namespace}, expected {@namespace}";
            }

            if (destination.Request is { } request && (BackendRequest(expected.Expect, request) ?? Response(expected, actual, destination)) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? BackendRequest(JsonElement expect, ExplainedBackendRequest actual)
    {
        if (!expect.TryGetProperty("backend_request", out var expected) || expected.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("method", actual.Method), ("path", actual.Path), ("host", actual.Authority)])
        {
            if (GatewayCase.Text(expected, name) is { } wanted && wanted != value)
            {
                return $"{name} {value}, expected {wanted}";
            }
        }

        return Headers(expected, actual.Headers, "request");
    }

    private static string? Response(GatewayCase expected, Explanation actual, ExplainedDestination? destination)
    {
        if (!expected.Expect.TryGetProperty("response", out var response) || response.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (expected.Behaviour.ValueKind == JsonValueKind.Object && expected.Behaviour.TryGetProperty("set_response_headers", out var sent))
        {
            foreach (var header in sent.EnumerateObject())
            {
                headers[header.Name] = header.Value.GetString()!;
            }
        }

        foreach (var edits in (ExplainedResponse?[])[actual.Response, destination?.Response])
        {
            foreach (var name in edits?.RemoveHeaders ?? [])
            {
                headers.Remove(name);
            }

            foreach (var (name, value) in edits?.SetHeaders ?? new Dictionary<string, string>())
            {
                headers[name] = value;
            }

            foreach (var (name, value) in edits?.AddHeaders ?? new Dictionary<string, string>())
            {
                headers[name] = headers.TryGetValue(name, out var old) ? $"{old},{value}" : value;
            }
        }

        var ignoresSpace = response.TryGetProperty("ignore_whitespace", out var ignore) && ignore.ValueKind == JsonValueKind.True;
        return Headers(response, headers, "response", ignoresSpace) ?? OneOf(response, headers);
    }

    private static string? OneOf(JsonElement expected, Dictionary<string, string> actual)
    {
        foreach (var header in expected.TryGetProperty("valid_header_values", out var valid) && valid.ValueKind == JsonValueKind.Object ? valid.EnumerateObject() : default)
        {
            if (header.Value.EnumerateArray().All(value => value.GetString() != actual.GetValueOrDefault(header.Name)))
            {
                return $"response header {header.Name}: {actual.GetValueOrDefault(header.Name) ?? "absent"}, expected one of {header.Value}";
            }
        }

        return null;
    }

    private static string? Headers(JsonElement expected, IReadOnlyDictionary<string, string> actual, string of, bool ignoresSpace = false)
    {
        var found = new Dictionary<string, string>(actual, StringComparer.OrdinalIgnoreCase);
        foreach (var header in expected.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object ? headers.EnumerateObject() : default)
        {
            if (Spaced(found.GetValueOrDefault(header.Name)) != Spaced(header.Value.GetString()))
            {
                return $"{of} header {header.Name}: {found.GetValueOrDefault(header.Name) ?? "absent"}, expected {header.Value}";
            }
        }

        foreach (var name in expected.TryGetProperty("absent_headers", out var absent) && absent.ValueKind == JsonValueKind.Array ? absent.EnumerateArray() : default)
        {
            if (found.TryGetValue(name.GetString()!, out var value))
            {
                return $"{of} header {name}: {value}, expected none";
            }
        }

        return null;

        string? Spaced(string? value) => ignoresSpace ? value?.Replace(" ", "", StringComparison.Ordinal) : value;
    }

    private static string? Mirrors(JsonElement expect, Explanation actual)
    {
        if (!expect.TryGetProperty("mirrored_to", out var mirrors) || mirrors.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var expected = mirrors.EnumerateArray().Select(static m => $"{m.GetProperty("backend").GetString()}.{m.GetProperty("namespace").GetString()} {Percent(m)}").Order(StringComparer.Ordinal);
        var sent = actual.Mirrors.Select(static m => $"{string.Join('.', m.Cluster.Split('|')[^1].Split('.').Take(2))} {m.Percent}").Order(StringComparer.Ordinal);
        return expected.SequenceEqual(sent) ? null : $"copies to {string.Join(", ", sent)}, expected {string.Join(", ", expected)}";
    }

    private static double Percent(JsonElement mirror) => mirror.TryGetProperty("percent", out var percent) && percent.ValueKind == JsonValueKind.Number ? percent.GetDouble() : 100;

    private static double Seconds(string text) => text.EndsWith("ms", StringComparison.Ordinal)
        ? double.Parse(text[..^2], System.Globalization.CultureInfo.InvariantCulture) / 1000
        : double.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture);
}
