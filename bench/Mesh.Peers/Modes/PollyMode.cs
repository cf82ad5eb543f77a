using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Peers.Modes;

/// <summary>
/// What a .NET team has today without a mesh: IHttpClientFactory, AddStandardResilienceHandler (limiter, total time-out, retry,
/// breaker, attempt time-out) and a round-robin handler below it. No log provider, one client for all calls, bodies streamed:
/// each choice is the cheaper one for this peer.
/// </summary>
internal static class PollyMode
{
    public static PeerClient Create(int[] ports, HttpMessageHandler transport)
    {
        var services = new ServiceCollection();
        var builder = services.AddHttpClient("catalog").ConfigurePrimaryHttpMessageHandler(() => transport);
        builder.AddStandardResilienceHandler();
        builder.AddHttpMessageHandler(() => new RoundRobinHandler(ports));
        var client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("catalog");
        return new PeerClient(new Uri("http://catalog/items/42"), (request, token) => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
    }

    /// <summary>Client-side round robin as teams write it: the next address in, the rest of the URI kept.</summary>
    private sealed class RoundRobinHandler(int[] ports) : DelegatingHandler
    {
        private readonly string[] _bases = [.. ports.Select(static p => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{p}"))];
        private uint _next;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = _bases[(Interlocked.Increment(ref _next) - 1) % (uint)_bases.Length];
            request.RequestUri = new Uri(address + request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
