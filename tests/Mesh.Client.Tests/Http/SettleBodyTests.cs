using System.Net;
using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>An answer that overtakes the end of the request's body: whether it is retried is judged when the body has ended, or after a moment.</summary>
[TestFixture]
public class SettleBodyTests
{
    private const string Rules = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http:
          - retries: { attempts: 2, retryOn: 5xx, backoff: 1s }
            route: [{ destination: { host: orders.local } }]
        """;

    private static readonly TimeSpan s_settleTime = TimeSpan.FromMilliseconds(20);

    private SyncPoint _body = null!;

    [SetUp]
    public void Create() => _body = new SyncPoint("end of the body");

    [TearDown]
    public void CleanUp() => _body.Dispose();

    [Test]
    public async Task A_body_that_ends_in_time_is_sent_again_whole()
    {
        await using var mesh = await StartAsync();
        var endpoint = new HastyEndpoint();
        mesh.Runtime.Transports.Override = _ => endpoint;

        var sending = await SendUntilOvertakenAsync(mesh);
        _body.Open();
        while (mesh.Time.UntilNextTimer == s_settleTime)
        {
            // The call has not heard of it yet, and the clock must not end its wait.
            await TestMesh.SettleAsync();
        }

        while (!sending.IsCompleted)
        {
            await TestMesh.SettleAsync();
            mesh.Time.Advance(TimeSpan.FromSeconds(10));
        }

        using var response = await sending;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(endpoint.Bodies.Select(static b => b.Length), Is.EqualTo(new[] { 2_000L, 2_000L, 2_000L }));
    }

    [Test]
    public async Task A_body_that_streams_on_is_not_sent_again()
    {
        await using var mesh = await StartAsync();
        var endpoint = new HastyEndpoint();
        mesh.Runtime.Transports.Override = _ => endpoint;

        var sending = await SendUntilOvertakenAsync(mesh);
        mesh.Time.Advance(s_settleTime);
        using var response = await sending;
        _body.Open();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(endpoint.Bodies, Has.Count.EqualTo(1));
    }

    private static Task<TestMesh> StartAsync() => TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1", "10.0.0.2", "10.0.0.3") + Rules);

    /// <summary>Returns when the answer is there, the body is not at its end, and the call waits for it.</summary>
    private async Task<Task<HttpResponseMessage>> SendUntilOvertakenAsync(TestMesh mesh)
    {
        var armed = mesh.Time.ArmedTimers;
        var request = new HttpRequestMessage(HttpMethod.Put, "http://orders.local/") { Content = new StreamContent(new SlowStream(_body)) };
        var sending = mesh.Client.SendAsync(request, CancellationToken.None);
        await _body.WaitForArrivalAsync();
        await mesh.Time.WaitForTimersAsync(armed + 1);
        Assert.That(sending.IsCompleted, Is.False);
        return sending;
    }

    /// <summary>Answers 503 as soon as the first byte of the body is there; the rest of it arrives by and by.</summary>
    private sealed class HastyEndpoint : HttpMessageHandler
    {
        public List<MemoryStream> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = new MemoryStream();
            Bodies.Add(body);
            _ = request.Content!.CopyToAsync(body, CancellationToken.None);
            await Task.Yield();
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request };
        }
    }

    /// <summary>A thousand bytes, then another thousand once the test lets them go.</summary>
    private sealed class SlowStream(SyncPoint end) : MemoryStream
    {
        private int _reads;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = ++_reads;
            if (read == 2)
            {
                await end.ReachAsync(cancellationToken);
            }

            return read <= 2 ? 1_000 : 0;
        }
    }
}
