// hot path
using System.Net;
using Mesh.Client.Compile;
using Mesh.Client.Runtime;
using Mesh.Diagnostics;

namespace Mesh.Client.Http;

/// <summary>
/// The innermost handler of a meshed client, in place of its primary handler: where a sidecar would sit. Requests for hosts of the mesh become calls;
/// all others go to the client's own primary handler, untouched, without an async step and without an allocation.
/// It is not a DelegatingHandler: gRPC's client looks for those and would install its own connections underneath.
/// </summary>
internal sealed class MeshPrimaryHandler : HttpMessageHandler
{
    private readonly MeshRuntime _runtime;
    private readonly MeshClient _client;
    private readonly HttpMessageInvoker _passThrough;

    public MeshPrimaryHandler(MeshRuntime runtime, HttpMessageHandler? primary)
    {
        _runtime = runtime;
        _client = new MeshClient(runtime, primary);
        _passThrough = new HttpMessageInvoker(primary ?? new SocketsHttpHandler(), disposeHandler: true);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var mesh = _runtime.Current;
        return mesh is null ? StartAndSendAsync(request, cancellationToken) : Route(mesh, request, _client.FollowsRedirects ? this : null, cancellationToken);
    }

    private Task<HttpResponseMessage> Route(CompiledMesh mesh, HttpRequestMessage request, MeshPrimaryHandler? redirects, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri;
        if (uri is null || !uri.IsAbsoluteUri)
        {
            return _passThrough.SendAsync(request, cancellationToken);
        }

        var service = mesh.FindService(uri.Host);
        if (service is not null || (uri.Host.StartsWith('_') && (service = mesh.FindNamedEndpoint(uri.Host)) is not null))
        {
            return new MeshCall(_client, service, request, redirects, cancellationToken).RunAsync();
        }

        return mesh.RegistryOnly ? RefuseUnknown(request, uri) : _passThrough.SendAsync(request, cancellationToken);
    }

    private Task<HttpResponseMessage> RefuseUnknown(HttpRequestMessage request, Uri uri)
    {
        var text = uri.Host + " is not in the mesh and outboundTrafficPolicy is REGISTRY_ONLY";
        return _runtime.Options.ThrowOnLocalReply
            ? Task.FromException<HttpResponseMessage>(new MeshException(text, ResponseFlags.None, HttpStatusCode.BadGateway))
            : Task.FromResult(LocalReply.Create(request, 502, ResponseFlags.None, text, isGrpc: false));
    }

    /// <summary>Blocks the calling thread while the same asynchronous path runs; the price of the synchronous API.</summary>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri is { IsAbsoluteUri: true } uri ? uri.Host : "";
        return _runtime.Current is { RegistryOnly: false } mesh && mesh.FindService(host) is null && !host.StartsWith('_')
            ? _passThrough.Send(request, cancellationToken)
            : SendAsync(request, cancellationToken).GetAwaiter().GetResult();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Endpoint connections belong to the mesh and outlive the client's handler rotation; only what was made of this handler's own objects goes.
            _runtime.Release(_client.Profile);
            _passThrough.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The next step of a followed redirect: routed anew, since the Location may name another service.</summary>
    public async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        for (var step = 0; step < _client.MaxRedirects && RedirectStage.Target(request.RequestUri!, response) is { } target; step++)
        {
            var status = response.StatusCode;
            response.Dispose();
            RedirectStage.Follow(request, target, status);
            response = await Route(_runtime.Current!, request, null, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    private async Task<HttpResponseMessage> StartAndSendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _runtime.EnsureStartedAsync(cancellationToken).ConfigureAwait(false);
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
