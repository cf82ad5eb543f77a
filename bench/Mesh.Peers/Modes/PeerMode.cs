using System.Net;
using Mesh.Peers.Loopback;

namespace Mesh.Peers.Modes;

internal delegate Task<HttpResponseMessage> SendRequest(HttpRequestMessage request, CancellationToken cancellationToken);

/// <summary>What a caller holds: where to send and through what. Requests are HTTP/1.1 unless the mode is about HTTP/2.</summary>
internal sealed record PeerClient(Uri Uri, SendRequest Send)
{
    public Version Version { get; init; } = HttpVersion.Version11;

    public static PeerClient Over(HttpMessageHandler handler, Uri uri) => new(uri, new HttpMessageInvoker(handler).SendAsync);

    public HttpRequestMessage CreateRequest() => new(HttpMethod.Get, Uri) { Version = Version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
}

/// <summary>One row of the loopback table.</summary>
internal sealed record PeerMode(string Name, Func<Targets, PeerClient> Create, SidecarKind Sidecar = SidecarKind.None);
