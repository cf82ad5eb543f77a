using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Listeners at the edge. Source: Istio networking Gateway. Read and checked; it acts in a gateway process.</summary>
public sealed record GatewaySpec
{
    /// <summary>Listeners.</summary>
    public ModelList<GatewayServerSpec> Servers { get; init; } = [];

    /// <summary>Labels of the gateway workloads.</summary>
    public ModelMap<string> Selector { get; init; } = ModelMap<string>.Empty;
}

/// <summary>One listener. Source: Istio Server.</summary>
public sealed record GatewayServerSpec
{
    /// <summary>Port.</summary>
    public GatewayPortSpec? Port { get; init; }

    /// <summary>Address to listen on; null: all.</summary>
    public string? Bind { get; init; }

    /// <summary>Hosts that are exposed, <c>host</c> or <c>namespace/host</c>.</summary>
    public ModelList<string> Hosts { get; init; } = [];

    /// <summary>TLS of the listener.</summary>
    public ServerTLSSettingsSpec? Tls { get; init; }

    /// <summary>Not used by Istio.</summary>
    public string? DefaultEndpoint { get; init; }

    /// <summary>Name, unique in the document.</summary>
    public string? Name { get; init; }
}

/// <summary>A port of a listener. Source: Istio Port.</summary>
public sealed record GatewayPortSpec
{
    /// <summary>Port number.</summary>
    public required int Number { get; init; }

    /// <summary>HTTP, HTTPS, GRPC, GRPC-WEB, HTTP2, MONGO, TCP or TLS.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the port.</summary>
    public string? Name { get; init; }

    /// <summary>Ignored, as in Istio.</summary>
    public int? TargetPort { get; init; }
}
