using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Listeners that are added to a Gateway declared elsewhere, when that one allows it. Source: Gateway API ListenerSet, GEP-1713.</summary>
internal sealed record ListenerSetSpec
{
    /// <summary>The Gateway.</summary>
    public required ParentReferenceSpec ParentRef { get; init; }

    /// <summary>The listeners. Names need not differ from those of the Gateway or of other sets.</summary>
    public ModelList<ListenerSpec> Listeners { get; init; } = [];
}
