using System.Diagnostics.Metrics;
using System.Net;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.Tests.Http;

/// <summary>
/// Bytes a request allocates above a bare invoker over the same transport, which answers later, as a socket does. A number that grows here has grown for
/// every request of every application.
/// </summary>
[TestFixture]
[NonParallelizable]
public class AllocationTests
{
    private const int Warmup = 3_000;
    private const int Measured = 2_000;

    private static readonly string s_documents = CatalogDocuments.Create(["address: 10.0.0.1", "address: 10.0.0.2", "address: 10.0.0.3"], CatalogDocuments.WrittenRule);

    private readonly LateTransport _transport = new();
    private ServiceProvider _provider = null!;
    private MeterListener _listener = null!;
    private IServiceMesh _mesh = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        // An exporter listens to everything, and the price includes that.
        _listener = MetricsListener.Start();
        var services = new ServiceCollection();
        services.AddServiceMesh().AddConfigSource(new InMemoryConfigSource(ConfigBatch.FromYaml("catalog.yaml", s_documents)));
        _provider = services.BuildServiceProvider();
        _provider.GetRequiredService<MeshRuntime>().Transports.Override = _ => _transport;
        _mesh = _provider.GetRequiredService<IServiceMesh>();
        await _mesh.WaitUntilReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _listener.Dispose();
        _transport.Dispose();
        await _provider.DisposeAsync();
    }

    [Test]
    public void A_split_route_costs_at_most_400_bytes() => Assert.That(Overhead("http://catalog/items/42", _mesh.CreateHandler(Plain())), Is.InRange(1, 400));

    [Test]
    public void A_route_with_written_retries_and_times_costs_at_most_1650_bytes() => Assert.That(Overhead("http://catalog/written/42", _mesh.CreateHandler(Plain())), Is.InRange(1, 1_650));

    [Test]
    public void A_host_outside_the_mesh_costs_nothing() => Assert.That(Overhead("http://elsewhere.example/items/42", _mesh.CreateHandler(_transport)), Is.Zero);

    private static SocketsHttpHandler Plain() => new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };

    /// <summary>Bytes for each request, both invokers warmed up first so that no tier of compilation is still to come from cold.</summary>
    private long Overhead(string url, HttpMessageHandler handler)
    {
        var uri = new Uri(url);

        // Not disposed: the handler may be the shared transport.
        var bare = new HttpMessageInvoker(_transport, disposeHandler: false);
        var meshed = new HttpMessageInvoker(handler, disposeHandler: false);
        Send(bare, uri, Warmup);
        Send(meshed, uri, Warmup);
        var difference = Bytes(meshed, uri) - Bytes(bare, uri);
        TestContext.Out.WriteLine($"{url}: {difference} B over a bare invoker");
        return difference;
    }

    /// <summary>The least of some rounds: what a tiering compiler or a growing pool allocates on the side is not the request's.</summary>
    private long Bytes(HttpMessageInvoker invoker, Uri uri)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Send(invoker, uri, Measured);
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Measured);
        }

        return least;
    }

    private void Send(HttpMessageInvoker invoker, Uri uri, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            var sending = invoker.SendAsync(request, CancellationToken.None);
            if (sending.IsCompleted)
            {
                throw new InvalidOperationException("The request did not suspend, so this would not measure what a real one costs.", sending.Exception);
            }

            _transport.Answer();
            using var response = sending.GetAwaiter().GetResult();
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Keeps a request open until it is told to answer, on the thread that tells it; so a chain suspends and no thread hop is counted.</summary>
    private sealed class LateTransport : HttpMessageHandler
    {
        private static readonly byte[] s_body = new byte[128];
        private TaskCompletionSource<HttpResponseMessage>? _pending;
        private HttpRequestMessage? _request;

        public void Answer()
        {
            var pending = _pending ?? throw new InvalidOperationException("No request is open.");
            _pending = null;
            var content = new ByteArrayContent(s_body);
            content.Headers.ContentLength = s_body.Length;
            pending.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = _request, Content = content });
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _request = request;
            _pending = new TaskCompletionSource<HttpResponseMessage>();
            return _pending.Task;
        }
    }
}
