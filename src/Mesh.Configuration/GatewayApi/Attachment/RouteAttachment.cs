using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>What became of a route: one entry for each of its parents. Conditions are made of it.</summary>
internal sealed record RouteAttachment(RouteSource Route, ModelList<ParentAttachment> Parents);

/// <summary>What became of a route at one of its parents.</summary>
internal sealed record ParentAttachment
{
    /// <summary>Position in <c>parentRefs</c>; −1 for a default gateway, which the route does not name.</summary>
    public required int Index { get; init; }

    public required ParentReferenceSpec Reference { get; init; }

    /// <summary>Namespace of the parent.</summary>
    public required string Namespace { get; init; }

    public required ParentTarget Target { get; init; }

    /// <summary>False when no document declares the parent; such a parent gets no status.</summary>
    public bool Exists { get; init; }

    /// <summary>The Gateway through which requests come; null at a Service.</summary>
    public (string Namespace, string Name)? Gateway { get; init; }

    /// <summary>Value of the condition <c>Accepted</c>.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Reason of the condition <c>Accepted</c>.</summary>
    public string Reason { get; init; } = AcceptedReason.Accepted;

    /// <summary>The reason in a sentence; empty when accepted.</summary>
    public string Message { get; init; } = "";

    /// <summary>Names of the listeners the route is attached to.</summary>
    public ModelList<string> Listeners { get; init; } = [];

    /// <summary>References of the route that lead nowhere under this parent; the condition <c>ResolvedRefs</c>, judged whether accepted or not.</summary>
    public ModelList<UnresolvedReference> Unresolved { get; init; } = [];
}

/// <summary>What a parent is.</summary>
internal enum ParentTarget
{
    /// <summary>A Gateway.</summary>
    Gateway,

    /// <summary>Listeners that are added to a Gateway.</summary>
    ListenerSet,

    /// <summary>A Service of the mesh.</summary>
    Service,

    /// <summary>Another implementation's kind, or a mistake.</summary>
    Unknown,
}

/// <summary>Reasons of the condition <c>Accepted</c> of a route.</summary>
internal static class AcceptedReason
{
    public const string Accepted = "Accepted";
    public const string NotAllowedByListeners = "NotAllowedByListeners";
    public const string NoMatchingListenerHostname = "NoMatchingListenerHostname";
    public const string NoMatchingParent = "NoMatchingParent";

    /// <summary>Another kind of route has the Service port (GEP-1294), or the host of the listener.</summary>
    public const string Conflicted = "Conflicted";
}
