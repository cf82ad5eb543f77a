using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>A gateway: listeners that routes attach to. Source: Gateway API Gateway.</summary>
public sealed record GatewaySpec
{
    /// <summary>Name of the GatewayClass.</summary>
    public required string GatewayClassName { get; init; }

    /// <summary>Listeners.</summary>
    public ModelList<ListenerSpec> Listeners { get; init; } = [];

    /// <summary>Requested addresses. Read only.</summary>
    public ModelList<GatewayAddressSpec> Addresses { get; init; } = [];

    /// <summary>Wishes about the objects a controller makes. Read only.</summary>
    public GatewayInfrastructureSpec? Infrastructure { get; init; }

    /// <summary>Which ListenerSets may add listeners. Read only.</summary>
    public AllowedListenersSpec? AllowedListeners { get; init; }

    /// <summary>TLS of the whole gateway.</summary>
    public GatewayTLSSpec? Tls { get; init; }

    /// <summary><c>All</c> makes this a gateway of routes that name none and set <c>useDefaultGateways</c> (experimental channel); null and <c>None</c>: not.</summary>
    public DefaultScope? DefaultScope { get; init; }
}

/// <summary>Whether something takes part in default gateways. Source: Gateway API GatewayDefaultScope.</summary>
public enum DefaultScope
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>It does.</summary>
    All,
}

/// <summary>An address a gateway asks for.</summary>
public sealed record GatewayAddressSpec
{
    /// <summary><c>IPAddress</c> (default), <c>Hostname</c> or a name with a domain.</summary>
    public string Type { get; init; } = "IPAddress";

    /// <summary>The address; null lets the controller choose.</summary>
    public string? Value { get; init; }
}

/// <summary>Wishes about the objects a controller makes for a gateway.</summary>
public sealed record GatewayInfrastructureSpec
{
    /// <summary>Labels of those objects.</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Annotations of those objects.</summary>
    public ModelMap<string> Annotations { get; init; } = ModelMap<string>.Empty;

    /// <summary>Parameters of the controller.</summary>
    public LocalObjectReferenceSpec? ParametersRef { get; init; }
}

/// <summary>Which ListenerSets may add listeners to a gateway.</summary>
public sealed record AllowedListenersSpec
{
    /// <summary>From where.</summary>
    public ListenerNamespacesSpec Namespaces { get; init; } = new();
}

/// <summary>Namespaces of ListenerSets.</summary>
public sealed record ListenerNamespacesSpec
{
    /// <summary>Which. Default <see cref="NamespacesFrom.None"/>.</summary>
    public NamespacesFrom From { get; init; } = NamespacesFrom.None;

    /// <summary>Labels of the namespaces, for <see cref="NamespacesFrom.Selector"/>.</summary>
    public LabelSelectorSpec? Selector { get; init; }
}
