using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Listeners of one gateway that cannot stand beside each other: the same port for protocols that do not mix, or the same host twice. Of
/// one object all lose. Between objects there is an order, the Gateway before its ListenerSets and an older set before a younger one, and
/// the later one loses. Source: GATEWAY_API §15, Gateway API Listener ("conflicted") and ListenerSet.
/// </summary>
internal static class ListenerConflicts
{
    public const string HostnameConflict = "HostnameConflict";
    public const string ProtocolConflict = "ProtocolConflict";

    /// <summary>The reason why a listener cannot be served; null: it can.</summary>
    /// <param name="listeners">The listeners of its object.</param>
    /// <param name="index">Which of them it is.</param>
    /// <param name="before">Listeners of objects that go before; those that lost themselves are in nobody's way.</param>
    public static string? Of(ModelList<ListenerSpec> listeners, int index, IReadOnlyList<ListenerAttachment> before)
    {
        string? conflict = null;
        for (var i = 0; i < listeners.Count; i++)
        {
            conflict = Worse(conflict, i == index ? null : Between(listeners[i], listeners[index]));
        }

        foreach (var other in before)
        {
            conflict = Worse(conflict, other.Conflict is null ? Between(other.Spec, listeners[index]) : null);
        }

        return conflict;
    }

    private static string? Between(ListenerSpec left, ListenerSpec right) =>
        left.Port != right.Port ? null
        : !MayShare(left.Protocol, right.Protocol) ? ProtocolConflict
        : IsDatagram(left.Protocol) == IsDatagram(right.Protocol) && string.Equals(left.Hostname ?? "", right.Hostname ?? "", StringComparison.OrdinalIgnoreCase) ? HostnameConflict
        : null;

    private static string? Worse(string? left, string? right) => left == ProtocolConflict ? left : right ?? left;

    // HTTPS and TLS both choose by server name; UDP is another port space.
    private static bool MayShare(string left, string right) => left == right || left == "UDP" || right == "UDP" || (left is "HTTPS" or "TLS" && right is "HTTPS" or "TLS");

    private static bool IsDatagram(string protocol) => protocol == "UDP";
}
