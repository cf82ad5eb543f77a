using System.Net;
using Mesh.Peers.Loopback;

namespace Mesh.Peers.Modes;

internal delegate Task<HttpResponseMessage> SendRequest(HttpRequestMessage request, CancellationToken cancellationToken);

/// <summary>What a caller holds: where to send and through what. Requests are HTTP/1.1 unless the mode is about HTTP/2.</summary>
internal sealed record PeerClient(Uri Uri, SendRequest Send)
{
    private int _next;

    /// <summary>More addresses to send to in turn, besides <see cref="Uri"/>; none for most modes.</summary>
    public Uri[] Others { get; init; } = [];

    public Version Version { get; init; } = HttpVersion.Version11;

    public static PeerClient Over(HttpMessageHandler handler, Uri uri) => new(uri, new HttpMessageInvoker(handler).SendAsync);

    public HttpRequestMessage CreateRequest() => new(HttpMethod.Get, NextUri()) { Version = Version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private Uri NextUri()
    {
        if (Others.Length == 0)
        {
            return Uri;
        }

        var next = (uint)Interlocked.Increment(ref _next) % (uint)(Others.Length + 1);
        return next == 0 ? Uri : Others[next - 1];
    }
}

/// <summary>One row of the loopback table.</summary>
internal sealed record PeerMode(string Name, Func<Targets, PeerClient> Create, SidecarKind Sidecar = SidecarKind.None);
