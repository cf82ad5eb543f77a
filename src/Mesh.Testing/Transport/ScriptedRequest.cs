namespace Mesh.Testing;

/// <summary>What a <see cref="ScriptedTransport"/> saw of one request, copied when it arrived: later changes to the message do not show.</summary>
public sealed record ScriptedRequest
{
    /// <summary>The endpoint it went to, <c>host:port</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Its method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>Its URI as the transport got it.</summary>
    public required Uri? Uri { get; init; }

    /// <summary>Its HTTP version.</summary>
    public required Version Version { get; init; }

    /// <summary>Its headers, those of the content included; several values are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Its body; empty when it had none or the answer was a connection failure.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When it arrived, by the transport's clock.</summary>
    public required DateTimeOffset At { get; init; }

    internal static ScriptedRequest From(string endpoint, HttpRequestMessage request, byte[] body, DateTimeOffset at)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        if (request.Content is not null)
        {
            foreach (var (name, values) in request.Content.Headers.NonValidated)
            {
                headers[name] = values.ToString();
            }
        }

        return new ScriptedRequest
        {
            Endpoint = endpoint,
            Method = request.Method,
            Uri = request.RequestUri,
            Version = request.Version,
            Headers = headers,
            Body = body,
            At = at,
        };
    }
}
