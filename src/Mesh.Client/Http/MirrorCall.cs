using System.Net;
using Mesh.Balancing;
using Mesh.Client.Health;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Client.Transport;

namespace Mesh.Client.Http;

/// <summary>Sends one copy: one try, no retries, the answer read to its headers and dropped.</summary>
internal sealed class MirrorCall(MeshClient client, BoundCluster cluster, HttpRequestMessage copy, TimeSpan? timeout)
{
    public async Task SendAsync()
    {
        var runtime = client.Runtime;
        if (!cluster.IsPassThrough && cluster.Set.All.Length == 0)
        {
            await cluster.Owner.FirstEndpoints.ConfigureAwait(false);
        }

        if (Pick(out var isTrial) is not { } endpoint)
        {
            runtime.Log.MirrorFailed(cluster.Name, "no healthy upstream");
            return;
        }

        using var limit = timeout is { } time ? new CancellationTokenSource(time, runtime.Time) : null;
        var outcome = new AttemptOutcome(AttemptResult.Abandoned, 0);
        try
        {
            var transport = endpoint.GetTransport(client.Profile, cluster);
            PointAt(endpoint, transport);

            using var response = await transport.SendAsync(copy, limit?.Token ?? CancellationToken.None).ConfigureAwait(false);
            outcome = new AttemptOutcome(AttemptResult.Response, (int)response.StatusCode);
        }
        catch (Exception exception)
        {
            outcome = new AttemptOutcome(RetryClassifier.Classify(exception, callerCancelled: false, limit?.IsCancellationRequested ?? false), 0);
            throw;
        }
        finally
        {
            endpoint.Record(outcome, cluster, isTrial);
            endpoint.Release();
        }
    }

    private EndpointState? Pick(out bool isTrial)
    {
        isTrial = false;
        if (!cluster.IsPassThrough)
        {
            var context = new PickContext(client.Runtime.Random.Next());
            return cluster.Set.Pick(ref context, null, out isTrial);
        }

        // Where the mirrored service itself is: the copy's own URI names the original.
        var host = cluster.Service.Hosts.Count > 0 ? cluster.Service.Hosts[0] : cluster.Service.Name;
        var endpoint = cluster.Owner.PassThroughEndpoint(host, cluster.Model.Key.Port);
        endpoint.AcquireAnyway();
        return endpoint;
    }

    /// <summary>The copy is ours alone, so nothing needs to be restored; otherwise as for any try.</summary>
    private void PointAt(EndpointState endpoint, EndpointTransport transport)
    {
        var http2 = cluster.UsesHttp2 || (endpoint.Endpoint.Http2 && !cluster.Policy.ConnectionPool.UseClientProtocol);
        var uri = copy.RequestUri!;
        var scheme = MeshCall.SchemeFor(uri, endpoint, transport, cluster, http2);
        if (http2 || copy.Version.Major > 2)
        {
            copy.Version = HttpVersion.Version20;
            copy.VersionPolicy = http2 && scheme == Uri.UriSchemeHttp ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower;
        }

        if (transport.Rewrite is { } target)
        {
            copy.RequestUri = new UriBuilder(scheme, target.Host, target.Port == 0 ? -1 : target.Port) { Path = uri.AbsolutePath, Query = uri.Query }.Uri;
        }
        else if (scheme != uri.Scheme)
        {
            copy.RequestUri = new Uri(scheme + uri.AbsoluteUri[uri.Scheme.Length..], UriKind.Absolute);
        }
    }
}
