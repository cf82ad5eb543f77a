using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Mesh.Configuration.Explain;

/// <summary>A request to explain, as its caller would make it.</summary>
internal sealed record ExplainRequest
{
    public string Method { get; init; } = "GET";

    /// <summary>The absolute address, which .NET has brought into its canonical form: escapes of letters undone, dot segments removed.</summary>
    public required Uri Url { get; init; }

    /// <summary>Headers in order; a name may come more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The Host header when it differs from the address; null: that of the address.</summary>
    public string? Host { get; init; }

    /// <summary>True for a gRPC call, which carries the content type of one.</summary>
    public bool IsGrpc { get; init; }

    /// <summary>The service the caller connects to; null: the host of the address says it.</summary>
    public DialledService? Dial { get; init; }

    /// <summary>Namespace and name of the gateway the request comes in by; null: it comes from a workload of the mesh.</summary>
    public (string Namespace, string Name)? Gateway { get; init; }

    /// <summary>The listener of the gateway; null: port, protocol and host of the address choose it.</summary>
    public string? Listener { get; init; }

    /// <summary>Address of the caller, the key of sticky requests by source; null: unknown.</summary>
    public IPAddress? ClientIp { get; init; }

    /// <summary>Reads <c>http://host/path</c>; a path alone belongs to <paramref name="defaultAuthority"/>.</summary>
    public static bool TryParseUrl(string text, string defaultAuthority, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? error)
    {
        var isPath = text.StartsWith('/');
        if (!Uri.TryCreate(isPath ? $"http://{defaultAuthority}{text}" : text, UriKind.Absolute, out url) || url.Host.Length == 0)
        {
            url = null;
            error = $"'{text}' is not an address; write scheme, host and path, for example http://reviews:9080/reviews/0";
            return false;
        }

        error = null;
        return true;
    }
}

/// <summary>The service a caller connects to, whatever Host header it sends.</summary>
/// <param name="Service">Name in its namespace, or a full host name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Port">Service port; 0: the one of the address.</param>
internal sealed record DialledService(string Service, string Namespace, int Port);
