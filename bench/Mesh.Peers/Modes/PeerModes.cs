using System.Net;
using Mesh.Peers.Loopback;

namespace Mesh.Peers.Modes;

/// <summary>Every mode of the loopback command, in the order of the table.</summary>
internal static class PeerModes
{
    public const string Bare = "bare";
    public const string BareAgain = "bare2";

    public static IReadOnlyList<PeerMode> All { get; } =
    [
        new(Bare, static t => PeerClient.Over(Transport(), To(t.Http1[0]))),
        new(BareAgain, static t => PeerClient.Over(Transport(), To(t.Http1[0]))),

        // The price of having three endpoints instead of one (three times the connections, each less warm) without anything that chooses.
        new("bare-3", static t => PeerClient.Over(Transport(), To(t.Http1[0])) with { Others = [To(t.Http1[1]), To(t.Http1[2])] }),
        .. MeshModes.Loopback,
        new("polly", static t => PollyMode.Create(t.Http1, Transport())),
        new("servicediscovery", static t => ServiceDiscoveryMode.Create(t.Http1, Transport())),
        new("nginx", static t => PeerClient.Over(Transport(), To(t.Sidecar)), SidecarKind.Nginx),
        new("nginx-x2", static t => PeerClient.Over(Transport(), To(t.Sidecar)), SidecarKind.NginxTwice),
        new("haproxy", static t => PeerClient.Over(Transport(), To(t.Sidecar)), SidecarKind.Haproxy),
        new("bare-h2c", static t => PeerClient.Over(Transport(), To(t.Http2[0])) with { Version = HttpVersion.Version20 }),
    ];

    public static PeerMode Get(string name) =>
        All.FirstOrDefault(m => m.Name == name) ?? throw new ArgumentException($"No mode '{name}'. There are: {string.Join(", ", All.Select(static m => m.Name))}.");

    public static Uri To(int port) => new($"http://127.0.0.1:{port}/items/42");

    /// <summary>The cheapest SocketsHttpHandler: no proxy look-up, redirects or cookies, so that "bare" is the hardest baseline.</summary>
    public static SocketsHttpHandler Transport() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
    };
}
