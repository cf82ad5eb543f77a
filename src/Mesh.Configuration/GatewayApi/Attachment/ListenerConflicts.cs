using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Listeners of one gateway that cannot stand beside each other: the same port for protocols that do not mix, or the same host twice.
/// Source: GATEWAY_API §15, Gateway API Listener ("conflicted").
/// </summary>
internal static class ListenerConflicts
{
    public const string HostnameConflict = "HostnameConflict";
    public const string ProtocolConflict = "ProtocolConflict";

    /// <summary>The reason why a listener cannot be served; null: it can.</summary>
    public static string? Of(ModelList<ListenerSpec> listeners, int index)
    {
        string? conflict = null;
        for (var i = 0; i < listeners.Count; i++)
        {
            if (i == index || listeners[i].Port != listeners[index].Port)
            {
                continue;
            }

            if (!MayShare(listeners[i].Protocol, listeners[index].Protocol))
            {
                return ProtocolConflict;
            }

            if (Transport(listeners[i].Protocol) == Transport(listeners[index].Protocol)
                && string.Equals(listeners[i].Hostname ?? "", listeners[index].Hostname ?? "", StringComparison.OrdinalIgnoreCase))
            {
                conflict = HostnameConflict;
            }
        }

        return conflict;
    }

    // HTTPS and TLS both choose by server name; UDP is another port space.
    private static bool MayShare(string left, string right) => left == right || left == "UDP" || right == "UDP" || (left is "HTTPS" or "TLS" && right is "HTTPS" or "TLS");

    private static bool Transport(string protocol) => protocol == "UDP";
}
