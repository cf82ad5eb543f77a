using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>A Gateway and what is attached to its listeners.</summary>
internal sealed class GatewayAttachment(Typed<GatewaySpec> gateway, IReadOnlyList<ListenerAttachment> listeners)
{
    private readonly List<ListenerAttachment> _all = [.. listeners];

    public Typed<GatewaySpec> Gateway { get; } = gateway;

    /// <summary>Its own listeners.</summary>
    public IReadOnlyList<ListenerAttachment> Listeners { get; } = listeners;

    /// <summary>Its own listeners, then those of its ListenerSets, older sets first.</summary>
    public IReadOnlyList<ListenerAttachment> AllListeners => _all;

    public void Add(ListenerSetAttachment set) => _all.AddRange(set.Listeners);
}

/// <summary>A ListenerSet and what is attached to its listeners.</summary>
/// <param name="Set">The set.</param>
/// <param name="Gateway">Its Gateway; null when there is none of that name.</param>
/// <param name="IsAllowed">True when the Gateway takes listeners from the namespace of the set.</param>
/// <param name="Listeners">Its listeners; empty when they are not taken.</param>
internal sealed record ListenerSetAttachment(Typed<ListenerSetSpec> Set, GatewayAttachment? Gateway, bool IsAllowed, IReadOnlyList<ListenerAttachment> Listeners);

/// <summary>A listener, what it takes and what is attached to it.</summary>
internal sealed class ListenerAttachment(ListenerSpec spec, string? conflict)
{
    private static readonly string[] s_httpKinds = ["HTTPRoute", "GRPCRoute"];

    public ListenerSpec Spec { get; } = spec;

    /// <summary>Reason of the condition <c>Conflicted</c>: <c>HostnameConflict</c> or <c>ProtocolConflict</c>; null: no conflict. All of a conflict lose.</summary>
    public string? Conflict { get; } = conflict;

    /// <summary>Kinds of this language's group the protocol and <c>allowedRoutes.kinds</c> both admit.</summary>
    public ModelList<string> SupportedKinds { get; } = Supported(spec);

    /// <summary>True when <c>allowedRoutes.kinds</c> names a kind that the protocol does not admit.</summary>
    public bool HasInvalidKinds { get; } = spec.AllowedRoutes.Kinds.Any(k => !IsAdmitted(spec.Protocol, k));

    /// <summary>Accepted routes, older first.</summary>
    public List<AttachedRoute> Routes { get; } = [];

    public static IReadOnlyList<string> KindsOf(string protocol) => protocol switch
    {
        "HTTP" or "HTTPS" => s_httpKinds,
        "TLS" => ["TLSRoute"],
        "TCP" => ["TCPRoute"],
        "UDP" => ["UDPRoute"],
        _ => [],
    };

    private static ModelList<string> Supported(ListenerSpec spec) => spec.AllowedRoutes.Kinds.Count == 0
        ? KindsOf(spec.Protocol).ToModelList()
        : [.. spec.AllowedRoutes.Kinds.Where(k => IsAdmitted(spec.Protocol, k)).Select(static k => k.Kind)];

    private static bool IsAdmitted(string protocol, RouteGroupKindSpec kind) => kind.Group == GatewayApiGroup.Name && KindsOf(protocol).Contains(kind.Kind);
}

/// <summary>A route on a listener.</summary>
/// <param name="Route">The route.</param>
/// <param name="Hostnames">The hosts route and listener have in common; <c>*</c> for every host.</param>
internal sealed record AttachedRoute(RouteSource Route, ModelList<string> Hostnames);
