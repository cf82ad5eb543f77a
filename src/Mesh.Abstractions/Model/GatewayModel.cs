namespace Mesh.Model;

/// <summary>
/// A way into the mesh: listeners with the rules that were attached to them. Rules name clusters of <see cref="MeshModel.Services"/>.
/// Sources: Istio Gateway with the VirtualServices bound to it; Gateway API Gateway with the routes attached to it.
/// </summary>
public sealed record GatewayModel
{
    /// <summary>Namespace of the object that declares the gateway.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the object that declares the gateway.</summary>
    public required string Name { get; init; }

    /// <summary>Listeners in the order of the document.</summary>
    public ModelList<ListenerModel> Listeners { get; init; } = [];

    /// <summary>The document that declared the gateway.</summary>
    public ConfigOrigin? Origin { get; init; }
}

/// <summary>One port of a gateway, for the hosts it is responsible for.</summary>
public sealed record ListenerModel
{
    /// <summary>Name, unique in the gateway; a generated one when the document gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Port that callers use.</summary>
    public required int Port { get; init; }

    /// <summary>What is spoken on the port.</summary>
    public ListenerProtocol Protocol { get; init; }

    /// <summary>Hosts (lower case, <c>*.</c> for any labels before the rest) the listener is responsible for; empty: every host.</summary>
    public ModelList<string> Hosts { get; init; } = [];

    /// <summary>True answers every request over plain HTTP with a redirect to https (Istio <c>tls.httpsRedirect</c>).</summary>
    public bool RedirectsToHttps { get; init; }

    /// <summary>
    /// Who answers for which host. The virtual host with the most specific matching host decides alone, so a language in which rules of
    /// less specific hosts take over puts them behind the rules of the more specific one. Without a virtual host for it a request is answered with 404.
    /// </summary>
    public ModelList<VirtualHostModel> VirtualHosts { get; init; } = [];
}

/// <summary>The rules for some hosts of a listener.</summary>
/// <param name="Hosts">Host names (lower case); a leading <c>*.</c> matches any labels before the rest, <c>*</c> alone every host.</param>
/// <param name="Rules">Rules in the order in which they are tried; a request that none matches is answered with 404.</param>
public sealed record VirtualHostModel(ModelList<string> Hosts, ModelList<RouteRule> Rules);

/// <summary>What is spoken on a port of a gateway.</summary>
public enum ListenerProtocol
{
    /// <summary>HTTP over plain TCP, gRPC and HTTP/2 with prior knowledge included.</summary>
    Http,

    /// <summary>HTTP over TLS that ends at the gateway.</summary>
    Https,

    /// <summary>TLS chosen by server name, bytes below HTTP.</summary>
    Tls,

    /// <summary>Bytes below HTTP.</summary>
    Tcp,
}
