using Mesh.Testing;

namespace Mesh.Client.Tests.Resilience;

/// <summary>The budget counts the retries that are under way at the same moment against the requests that are.</summary>
[TestFixture]
public class RetryBudgetTests
{
    private static string Budget(string budget) => TestMesh.Service("orders.local", "10.0.0.1", "10.0.0.2") + $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: orders }
        spec:
          host: orders.local
          trafficPolicy: { {{budget}} }
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http:
          - retries: { attempts: 3, retryOn: 5xx, backoff: 1ms }
            route: [{ destination: { host: orders.local } }]
        """;

    [TestCase("retryBudget: { percent: 50, minRetryConcurrency: 1 }", 10, 5)]
    [TestCase("retryBudget: { percent: 25, minRetryConcurrency: 1 }", 10, 2)]
    [TestCase("retryBudget: { percent: 10, minRetryConcurrency: 4 }", 10, 4)]
    [TestCase("retryBudget: { percent: 0, minRetryConcurrency: 0 }", 10, 0)]
    [TestCase("retryBudget: { percent: 100, minRetryConcurrency: 1 }", 10, 10)]
    [TestCase("connectionPool: { http: { maxRetries: 3 } }", 10, 3)]
    public async Task As_many_retries_run_at_once_as_the_budget_allows(string budget, int callers, int allowed)
    {
        using var network = new TwoStages();
        await using var mesh = await TestMesh.StartAsync(Budget(budget));
        mesh.Runtime.Transports.Override = _ => network;
        Task<HttpResponseMessage>[] calls = [.. Enumerable.Range(0, callers).Select(_ => Task.Run(() => mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None)))];
        for (var i = 0; i < callers; i++)
        {
            await network.First.WaitForArrivalAsync();
        }

        // All first tries fail at once; those that may be retried arrive at the second point, the others are answered.
        network.First.Open();
        while (calls.Count(static c => c.IsCompleted) + network.Retries.Waiting < callers)
        {
            await TestMesh.SettleAsync();
            mesh.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.That(network.Retries.Waiting, Is.EqualTo(allowed));
        foreach (var refused in calls.Where(static c => c.IsCompleted))
        {
            Assert.That((int)(await refused).StatusCode, Is.EqualTo(503));
        }

        network.Retries.Open();
        foreach (var response in await Task.WhenAll(calls))
        {
            response.Dispose();
        }

        var state = mesh.Runtime.Services.Single();
        Assert.That(state.Endpoints.Sum(static e => e.ActiveRequests), Is.Zero);
        network.FirstAnswer = 200;
        using var after = await mesh.GetAsync("http://orders.local/");
        Assert.That((int)after.StatusCode, Is.EqualTo(200), "the places are given back");
    }

    /// <summary>First tries wait, then fail; retries wait, then succeed.</summary>
    private sealed class TwoStages : HttpMessageHandler
    {
        public SyncPoint First { get; } = new("first tries");

        public SyncPoint Retries { get; } = new("retries");

        public int FirstAnswer { get; set; } = 503;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isRetry = request.Headers.Contains("x-envoy-attempt-count");
            await (isRetry ? Retries : First).ReachAsync(cancellationToken);
            return new HttpResponseMessage((System.Net.HttpStatusCode)(isRetry ? 200 : FirstAnswer)) { RequestMessage = request };
        }

        protected override void Dispose(bool disposing)
        {
            // The mesh disposes of its connections; the points belong to the test.
        }
    }
}
