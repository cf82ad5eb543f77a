using Mesh.Client.Compile;
using Mesh.Client.Http.Replay;
using Mesh.Client.Runtime;

namespace Mesh.Client.Http;

/// <content>
/// Copies of the request for other clusters: fire and forget, their answers dropped, their failures only counted against their own endpoints.
/// Source: ENVOY §15: the copy is of the routed request, its host carries <c>-shadow</c>, and retries of the request are not copied again.
/// </content>
internal sealed partial class MeshCall
{
    /// <summary>Bodies in memory are copied before the first try, while nobody else reads them; one-use bodies are taken from the tee after it.</summary>
    private async Task PrepareMirrorsAsync()
    {
        if (_extras!.Replay is null && _request.Content is { } content)
        {
            _extras.MirrorBody = await content.ReadAsByteArrayAsync(_callerToken).ConfigureAwait(false);
        }
    }

    private void MirrorAfter(CallExtras extras)
    {
        if (_isBegun && extras.Mirrors is { } mirrors && extras.Replay?.TryGetBytes() is { } body)
        {
            SendMirrors(mirrors, body);
        }
    }

    private void SendMirrors(List<CompiledMirror> mirrors, byte[]? body)
    {
        foreach (var mirror in mirrors)
        {
            // Not the caller's flow: a copy must not appear in its trace, nor end with its token.
            using (ExecutionContext.SuppressFlow())
            {
                var copy = RequestCloner.Clone(_request, body);
                copy.RequestUri = _extras?.RoutedUri ?? _request.RequestUri;
                copy.Headers.Host = Shadow(_request.Headers.Host ?? copy.RequestUri!.Authority);
                _ = Task.Run(() => SendMirrorAsync((BoundCluster)mirror.Cluster!, copy));
            }
        }
    }

    private async Task SendMirrorAsync(BoundCluster cluster, HttpRequestMessage copy)
    {
        using (copy)
        {
            try
            {
                await new MirrorCall(_client, cluster, copy, TimeLimit).SendAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Runtime.Log.MirrorFailed(cluster.Name, exception.Message);
            }
        }
    }

    private static string Shadow(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[..colon] + "-shadow" + authority[colon..] : authority + "-shadow";
    }
}
