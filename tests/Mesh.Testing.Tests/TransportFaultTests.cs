using System.Net;
using System.Net.Sockets;

namespace Mesh.Testing.Tests;

/// <summary>A scripted failure must look to a classifier exactly as the real one: the shapes are compared over loopback.</summary>
public class TransportFaultTests
{
    private static readonly Version s_http2 = HttpVersion.Version20;

    [Test]
    public async Task Connection_refused()
    {
        await using var server = await LoopbackServer.StartAsync();
        await server.KillAsync();

        await AssertSameAsync(server.Address, ScriptedAnswer.ConnectionRefused);
    }

    [Test]
    public async Task Reset_before_headers()
    {
        await using var server = await LoopbackServer.StartAsync(new() { Behavior = LoopbackBehavior.ResetConnection });

        await AssertSameAsync(server.Address, ScriptedAnswer.Reset);
    }

    [Test]
    public async Task Closed_before_headers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var done = new CancellationTokenSource();
        var closing = CloseAllAsync(listener, done.Token); // more than one: SocketsHttpHandler tries again by itself after such an end

        await AssertSameAsync(new Uri($"http://{listener.LocalEndpoint}"), ScriptedAnswer.ConnectionClosed);
        await done.CancelAsync();
        await closing;
    }

    [Test]
    public async Task Stream_refused()
    {
        await using var server = await LoopbackServer.StartAsync(new()
        {
            Protocols = [LoopbackProtocol.H2c],
            Behavior = LoopbackBehavior.ResetStream(8),
        });

        await AssertSameAsync(server.Address, ScriptedAnswer.StreamReset(8), s_http2);
    }

    [Test]
    public async Task Reset_in_the_middle_of_the_body()
    {
        await using var server = await LoopbackServer.StartAsync(new() { Behavior = LoopbackBehavior.ResetMidBody(100, 1000) });

        await AssertSameAsync(server.Address, ScriptedAnswer.ResetAfter(100));
    }

    [Test]
    public async Task Connect_timeout()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = static async (_, cancellation) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
                return Stream.Null;
            },
        };

        var real = await FailureAsync(handler, new Uri("http://127.0.0.1/"), HttpVersion.Version11);
        var scripted = await ScriptedFailureAsync(ScriptedAnswer.ConnectTimeout, HttpVersion.Version11);
        Assert.That(Shape(scripted), Is.EqualTo(Shape(real)));
    }

    [Test]
    public void Name_not_resolved()
    {
        // Resolving a name needs a resolver, which a build machine may lack; the shape is the documented one.
        Assert.That(
            () => ScriptedFailureOrThrowAsync(ScriptedAnswer.NameNotResolved),
            Throws.InstanceOf<HttpRequestException>().With.Property("HttpRequestError").EqualTo(HttpRequestError.NameResolutionError));
    }

    private static async Task CloseAllAsync(TcpListener listener, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync(cancellation);
                await socket.ReceiveAsync(new byte[4096], SocketFlags.None, cancellation);
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The test has what it wanted.
        }
    }

    private static async Task AssertSameAsync(Uri address, ScriptedAnswer answer, Version? version = null)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        var real = await FailureAsync(handler, address, version ?? HttpVersion.Version11);
        var scripted = await ScriptedFailureAsync(answer, version ?? HttpVersion.Version11);
        Assert.That(Shape(scripted), Is.EqualTo(Shape(real)));
    }

    private static async Task<Exception> ScriptedFailureAsync(ScriptedAnswer answer, Version version)
    {
        using var network = new ScriptedTransport(TimeProvider.System);
        network.Script("10.0.0.1:80", answer);
        return await FailureAsync(network, new Uri("http://10.0.0.1/"), version);
    }

    private static async Task ScriptedFailureOrThrowAsync(ScriptedAnswer answer) => throw await ScriptedFailureAsync(answer, HttpVersion.Version11);

    private static async Task<Exception> FailureAsync(HttpMessageHandler handler, Uri uri, Version version)
    {
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        try
        {
            using var response = await client.SendAsync(request, default);
            await (await response.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null);
        }
        catch (Exception e)
        {
            return e;
        }

        throw new InvalidOperationException("The request was to fail.");
    }

    private static string Shape(Exception exception)
    {
        var parts = new List<string>();
        for (var e = exception; e is not null; e = e.InnerException)
        {
            parts.Add(e switch
            {
                HttpRequestException http => $"HttpRequestException({http.HttpRequestError})",
                HttpProtocolException protocol => $"HttpProtocolException({protocol.ErrorCode})",
                HttpIOException io => $"HttpIOException({io.HttpRequestError})",
                SocketException socket => $"SocketException({socket.SocketErrorCode})",
                _ => e.GetType().Name,
            });
        }

        return string.Join(" > ", parts);
    }
}
