using Mesh.Balancing;
using Mesh.Client.Health;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;

namespace Mesh.Client.Http;

/// <summary>Sends one copy: one try, no retries, the answer read to its headers and dropped.</summary>
internal sealed class MirrorCall(MeshClient client, BoundCluster cluster, HttpRequestMessage copy, TimeSpan? timeout)
{
    public async Task SendAsync()
    {
        var runtime = client.Runtime;
        var set = cluster.Set;
        if (set.All.Length == 0)
        {
            await cluster.Owner.FirstEndpoints.ConfigureAwait(false);
            set = cluster.Set;
        }

        var context = new PickContext(runtime.Random.Next());
        if (set.Pick(ref context, default, out var isTrial) is not { } endpoint)
        {
            runtime.Log.MirrorFailed(cluster.Name, "no healthy upstream");
            return;
        }

        using var limit = timeout is { } time ? new CancellationTokenSource(time, runtime.Time) : null;
        var outcome = new AttemptOutcome(AttemptResult.Abandoned, 0);
        try
        {
            var transport = endpoint.GetTransport(client.Profile, cluster.Transport);
            if (cluster.UsesHttp2 && copy.Version.Major < 2)
            {
                copy.Version = System.Net.HttpVersion.Version20;
                copy.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            }

            if (transport.Rewrite is { } target)
            {
                copy.RequestUri = new UriBuilder(copy.RequestUri!) { Scheme = Uri.UriSchemeHttp, Host = target.Host, Port = target.Port }.Uri;
            }

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
}
