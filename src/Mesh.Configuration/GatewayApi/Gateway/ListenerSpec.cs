using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>A port of a gateway, for a host. Source: Gateway API Listener.</summary>
public sealed record ListenerSpec
{
    /// <summary>Name, unique in the gateway.</summary>
    public required string Name { get; init; }

    /// <summary>Host the listener is for, perhaps <c>*.</c> and a domain; null: every host.</summary>
    public string? Hostname { get; init; }

    /// <summary>Port.</summary>
    public required int Port { get; init; }

    /// <summary><c>HTTP</c>, <c>HTTPS</c>, <c>TLS</c>, <c>TCP</c>, <c>UDP</c>, or a name with a domain.</summary>
    public required string Protocol { get; init; }

    /// <summary>TLS of the listener.</summary>
    public ListenerTLSSpec? Tls { get; init; }

    /// <summary>Which routes may attach.</summary>
    public AllowedRoutesSpec AllowedRoutes { get; init; } = new();
}

/// <summary>TLS of a listener. Source: Gateway API ListenerTLSConfig.</summary>
public sealed record ListenerTLSSpec
{
    /// <summary>Where TLS ends. Default <see cref="ListenerTLSMode.Terminate"/>.</summary>
    public ListenerTLSMode Mode { get; init; }

    /// <summary>Certificates the listener shows.</summary>
    public ModelList<SecretObjectReferenceSpec> CertificateRefs { get; init; } = [];

    /// <summary>Settings of other implementations; none are known here.</summary>
    public ModelMap<string> Options { get; init; } = ModelMap<string>.Empty;
}

/// <summary>Where the TLS of a listener ends.</summary>
public enum ListenerTLSMode
{
    /// <summary>At the gateway.</summary>
    Terminate,

    /// <summary>At the backend.</summary>
    Passthrough,
}

/// <summary>Which routes may attach to a listener. Source: Gateway API AllowedRoutes.</summary>
public sealed record AllowedRoutesSpec
{
    /// <summary>From where.</summary>
    public RouteNamespacesSpec Namespaces { get; init; } = new();

    /// <summary>Which kinds; empty: those that fit the protocol.</summary>
    public ModelList<RouteGroupKindSpec> Kinds { get; init; } = [];
}

/// <summary>Namespaces of routes.</summary>
public sealed record RouteNamespacesSpec
{
    /// <summary>Which. Default <see cref="NamespacesFrom.Same"/>.</summary>
    public NamespacesFrom From { get; init; } = NamespacesFrom.Same;

    /// <summary>Labels of the namespaces, for <see cref="NamespacesFrom.Selector"/>.</summary>
    public LabelSelectorSpec? Selector { get; init; }
}

/// <summary>From which namespaces objects may attach.</summary>
public enum NamespacesFrom
{
    /// <summary>From all.</summary>
    All,

    /// <summary>From those whose labels a selector chooses.</summary>
    Selector,

    /// <summary>From the gateway's own.</summary>
    Same,

    /// <summary>From none.</summary>
    None,
}

/// <summary>A kind of route.</summary>
public sealed record RouteGroupKindSpec
{
    /// <summary>API group. Default <c>gateway.networking.k8s.io</c>.</summary>
    public string Group { get; init; } = GatewayApiGroup.Name;

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }
}
