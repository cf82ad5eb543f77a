using Mesh.Testing;

namespace Mesh.FunctionalTests.Failures;

/// <summary>A response that streams keeps its endpoint busy exactly as long as its body runs.</summary>
public sealed class StreamingTests
{
    private SyncPoint _gate = null!;
    private LoopbackServer _server = null!;
    private FunctionalMesh _mesh = null!;

    [SetUp]
    public async Task Start()
    {
        _gate = new SyncPoint("second piece");
        _server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Behavior = LoopbackBehavior.Stream(["one", "two"], betweenChunks: _gate) });
        _mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", _server));
    }

    [TearDown]
    public async Task Stop()
    {
        _gate.Open();
        await _mesh.DisposeAsync();
        await _server.DisposeAsync();
        _gate.Dispose();
    }

    private async Task<(HttpResponseMessage Response, Stream Body)> BeginAsync()
    {
        var response = await _mesh.Client().GetAsync(new Uri("http://catalog/"), HttpCompletionOption.ResponseHeadersRead);
        var body = await response.Content.ReadAsStreamAsync();
        Assert.That(await body.ReadAsync(new byte[100]), Is.EqualTo(3));
        Assert.That(_mesh.ActiveRequests("catalog"), Is.EqualTo(1));
        return (response, body);
    }

    [Test]
    public async Task The_endpoint_is_busy_until_the_end_of_the_body()
    {
        var (response, body) = await BeginAsync();
        _gate.Open();

        while (await body.ReadAsync(new byte[100]) > 0)
        {
            Assert.That(_mesh.ActiveRequests("catalog"), Is.EqualTo(1));
        }

        Assert.That(_mesh.ActiveRequests("catalog"), Is.Zero, "the end was read; nothing was disposed yet");
        response.Dispose();
        Assert.That(_mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [TestCase("response")]
    [TestCase("stream")]
    [TestCase("stream, asynchronously")]
    public async Task A_body_dropped_half_way_frees_the_endpoint(string what)
    {
        var (response, body) = await BeginAsync();
        switch (what)
        {
            case "response":
                response.Dispose();
                break;
            case "stream":
                body.Dispose();
                break;
            default:
                await body.DisposeAsync();
                break;
        }

        Assert.That(_mesh.ActiveRequests("catalog"), Is.Zero);
        response.Dispose();
        Assert.That(_mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task A_body_that_breaks_frees_the_endpoint()
    {
        var (response, body) = await BeginAsync();
        using var held = response;
        await _server.KillAsync();

        Assert.That(async () => await body.ReadAsync(new byte[100]), Throws.InstanceOf<IOException>());
        Assert.That(_mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task A_request_body_streams_while_the_response_waits()
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions
        {
            RecordRequests = false,
            Behavior = LoopbackBehavior.Echo,
        });
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("upload", server) + Yaml.Routes("upload", "  - { retries: { attempts: 2, retryOn: 5xx }, route: [{ destination: { host: upload } }] }"));
        var pipe = new System.IO.Pipelines.Pipe();
        using var client = mesh.Client();

        var sending = client.PostAsync(new Uri("http://upload/"), new StreamContent(pipe.Reader.AsStream()));
        for (var i = 0; i < 200; i++)
        {
            await pipe.Writer.WriteAsync(new byte[1000]);
        }

        await pipe.Writer.CompleteAsync();
        using var response = await sending;

        Assert.That((await response.Content.ReadAsByteArrayAsync()).Length, Is.EqualTo(200_000), "beyond what is kept for a retry, and nothing lost");
    }
}
