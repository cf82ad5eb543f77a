using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// The key by which a request sticks to an endpoint, in words. It is read from the request as it will be sent. Source: Istio ConsistentHashLB, ENVOY §7 hash
/// policies.
/// </summary>
internal static class StickyKey
{
    /// <summary>The key and its value; null when requests of the cluster do not stick.</summary>
    /// <param name="hash">The cluster's key.</param>
    /// <param name="sent">The request as its backend would see it.</param>
    /// <param name="request">The request as the caller made it.</param>
    public static string? Describe(ConsistentHash? hash, ExplainedBackendRequest sent, ExplainRequest request) => hash switch
    {
        null => null,
        { HttpHeaderName: { } name } => Key($"header {name}", sent.Headers.GetValueOrDefault(name)),
        { HttpCookieName: { } name } when hash.HttpCookieTtl is not null && Cookie(sent, name) is null => $"cookie {name}, which its answer sets",
        { HttpCookieName: { } name } => Key($"cookie {name}", Cookie(sent, name)),
        { HttpQueryParameterName: { } name } => Key($"query parameter {name}", Query(sent.Path, name)),
        { UseSourceIp: true } => request.ClientIp is { } address ? $"address {address}" : "the caller's address",
        _ => null,
    };

    private static string Key(string name, string? value) => value is null ? $"{name}, which is absent: chance decides" : $"{name} = \"{value}\"";

    private static string? Cookie(ExplainedBackendRequest sent, string name)
    {
        foreach (var pair in (sent.Headers.GetValueOrDefault("cookie") ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            if (pair.StartsWith(name + "=", StringComparison.Ordinal) && pair[(name.Length + 1)..].Trim('"') is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    private static string? Query(string path, string name)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        foreach (var pair in mark < 0 ? [] : path[(mark + 1)..].Split('&'))
        {
            var parts = pair.Split('=', 2);
            if (parts[0] == name)
            {
                return parts.Length == 2 ? parts[1] : "";
            }
        }

        return null;
    }
}
