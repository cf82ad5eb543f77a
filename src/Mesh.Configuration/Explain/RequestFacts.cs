namespace Mesh.Configuration.Explain;

/// <summary>What rules may look at in a request.</summary>
internal sealed class RequestFacts
{
    public RequestFacts(ExplainRequest request, int port)
    {
        Method = request.Method;
        Url = request.Url;
        Port = port;
        CalledPort = request.Gateway is not null ? port : request.Dial is { Port: > 0 } dial ? dial.Port : request.Url.Port;
        Headers = new HeaderSet(request.Headers);
        Authority = request.Host ?? Headers.Value("host") ?? request.Url.Authority;
        Headers.Remove("host");
        if (request.IsGrpc && !Headers.Contains("content-type"))
        {
            Headers.Add("content-type", "application/grpc");
        }
    }

    public string Method { get; }

    public Uri Url { get; }

    /// <summary>Port of the service or listener that was asked.</summary>
    public int Port { get; }

    /// <summary>Port that the caller used, which may be another one when its address names none; not positive when nothing says it.</summary>
    public int CalledPort { get; }

    public HeaderSet Headers { get; }

    /// <summary>Host and port as the request names them; an explicit Host header wins.</summary>
    public string Authority { get; }

    public string Scheme => Url.Scheme;

    public string Path => Url.AbsolutePath;

    /// <summary>With its question mark; empty when there is none.</summary>
    public string Query => Url.Query;

    /// <summary>The value a header condition sees; null when absent. Names with a colon stand for parts of the request, as in Envoy.</summary>
    public string? Header(string name) => name switch
    {
        ":method" => Method,
        ":authority" => Authority,
        ":path" => Path + Query,
        ":scheme" => Scheme,
        [':', ..] => null,
        _ => Headers.Value(name) ?? (name.Equals("host", StringComparison.OrdinalIgnoreCase) ? Authority : null),
    };

    /// <summary>The first value of a query parameter as it is sent, escapes included; null when absent.</summary>
    public string? QueryParameter(string name)
    {
        foreach (var pair in (Query.Length > 1 ? Query[1..] : "").Split('&'))
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
