using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mesh.Testing.Tests;

public class LoopbackServerTests
{
    private HttpClient _client = null!;

    [SetUp]
    public void SetUp() => _client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

    [TearDown]
    public void TearDown() => _client.Dispose();

    [Test]
    public async Task Answers_with_its_name_and_records_the_request()
    {
        await using var server = await LoopbackServer.StartAsync(new() { Name = "catalog-1" });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/a%2Fb?q=1")) { Content = new StringContent("hello") };
        request.Headers.Add("x-one", ["1", "2"]);

        using var response = await _client.SendAsync(request);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("catalog-1"));
        Assert.That(response.Headers.GetValues("x-instance"), Is.EqualTo(new[] { "catalog-1" }));
        var seen = server.Requests.Single();
        Assert.That((seen.Instance, seen.Protocol, seen.Method, seen.Target), Is.EqualTo(("catalog-1", "HTTP/1.1", "POST", "/a%2Fb?q=1")));
        Assert.That(seen.Authority, Is.EqualTo(server.Endpoint));
        Assert.That(seen.Headers["X-ONE"], Does.Contain("1").And.Contains("2"));
        Assert.That(Encoding.UTF8.GetString(seen.Body.Span), Is.EqualTo("hello"));
        Assert.That((server.RequestCount, server.ConnectionCount), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task Counts_without_recording_when_told_so()
    {
        await using var server = await LoopbackServer.StartAsync(new() { RecordRequests = false, Behavior = LoopbackBehavior.Echo });

        using var response = await _client.PutAsync(server.Address, new StringContent("back"));

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("back"));
        Assert.That(response.Headers.GetValues("x-echo"), Is.EqualTo(new[] { "PUT /" }));
        Assert.That((server.Requests.Count, server.RequestCount), Is.EqualTo((0, 1L)));
    }

    [Test]
    public async Task Speaks_each_protocol_on_its_own_port()
    {
        using var authority = new TestCertificates();
        using var certificate = authority.Issue("localhost", "127.0.0.1");
        await using var server = await LoopbackServer.StartAsync(new()
        {
            Protocols = [LoopbackProtocol.Http1, LoopbackProtocol.H2c, LoopbackProtocol.Https],
            Certificate = certificate,
        });
        using var handler = new SocketsHttpHandler { UseProxy = false };
        authority.TrustIn(handler);
        using var client = new HttpClient(handler);

        Assert.That((await GetAsync(client, server.AddressOf(LoopbackProtocol.Http1), HttpVersion.Version11)).Version, Is.EqualTo(HttpVersion.Version11));
        Assert.That((await GetAsync(client, server.AddressOf(LoopbackProtocol.H2c), HttpVersion.Version20)).Version, Is.EqualTo(HttpVersion.Version20));
        Assert.That((await GetAsync(client, server.AddressOf(LoopbackProtocol.Https), HttpVersion.Version11)).Version, Is.EqualTo(HttpVersion.Version11));
        Assert.That((await GetAsync(client, server.AddressOf(LoopbackProtocol.Https), HttpVersion.Version20)).Version, Is.EqualTo(HttpVersion.Version20));
        Assert.That(server.Requests.Select(r => r.Protocol), Is.EqualTo(new[] { "HTTP/1.1", "HTTP/2", "HTTP/1.1", "HTTP/2" }));
        Assert.That(() => GetAsync(client, server.AddressOf(LoopbackProtocol.H2c), HttpVersion.Version11), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Mutual_tls_lets_in_only_certificates_of_the_authority()
    {
        using var authority = new TestCertificates();
        using var stranger = new TestCertificates("Another authority");
        using var serverCertificate = authority.Issue("127.0.0.1");
        await using var server = await LoopbackServer.StartAsync(new()
        {
            Protocols = [LoopbackProtocol.Https],
            Certificate = serverCertificate,
            ClientCertificateTrust = authority.Trusts,
        });

        using var good = authority.Issue("spiffe://cluster.local/ns/default/sa/shop");
        using var bad = stranger.Issue("spiffe://cluster.local/ns/default/sa/shop");
        using var trusted = ClientWith(authority, good);
        using var refused = ClientWith(authority, bad);

        Assert.That(await trusted.GetStringAsync(server.Address), Is.EqualTo("server"));
        Assert.That(() => refused.GetStringAsync(server.Address), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_client_refuses_a_server_of_another_authority()
    {
        using var authority = new TestCertificates();
        using var stranger = new TestCertificates("Another authority");
        using var certificate = stranger.Issue("127.0.0.1");
        await using var server = await LoopbackServer.StartAsync(new() { Protocols = [LoopbackProtocol.Https], Certificate = certificate });
        using var handler = new SocketsHttpHandler { UseProxy = false };
        authority.TrustIn(handler);
        using var client = new HttpClient(handler);

        Assert.That(
            () => client.GetStringAsync(server.Address),
            Throws.InstanceOf<HttpRequestException>().With.Property("HttpRequestError").EqualTo(HttpRequestError.SecureConnectionError));
    }

    [Test]
    public async Task A_graceful_stop_finishes_what_is_in_flight()
    {
        using var point = new SyncPoint("in flight");
        await using var server = await LoopbackServer.StartAsync(new() { Behavior = LoopbackBehavior.Ok.HeldAt(point) });
        var answer = _client.GetStringAsync(server.Address);
        await point.WaitForArrivalAsync();

        var stopping = server.StopAsync();
        point.Release();

        Assert.That(await answer, Is.EqualTo("server"));
        await stopping;
        Assert.That(server.IsRunning, Is.False);
        Assert.That(await ConnectErrorAsync(server.Port), Is.EqualTo(SocketError.ConnectionRefused));
    }

    [Test]
    public async Task A_kill_resets_what_is_in_flight_and_refuses_what_comes()
    {
        await using var server = await LoopbackServer.StartAsync(new() { Behavior = LoopbackBehavior.BlackHole });
        var answer = _client.GetStringAsync(server.Address);
        await server.WaitForRequestsAsync(1);

        await server.KillAsync();

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        Assert.That(failure!.InnerException?.InnerException, Is.InstanceOf<SocketException>().With.Property("SocketErrorCode").EqualTo(SocketError.ConnectionReset));
        Assert.That(await ConnectErrorAsync(server.Port), Is.EqualTo(SocketError.ConnectionRefused));
        Assert.That(server.OpenConnections, Is.Zero);
    }

    [Test]
    public async Task Comes_back_on_the_same_ports_again_and_again()
    {
        await using var server = await LoopbackServer.StartAsync(new() { Protocols = [LoopbackProtocol.Http1, LoopbackProtocol.H2c] });
        var (port, h2c) = (server.Port, server.PortOf(LoopbackProtocol.H2c));
        for (var i = 0; i < 20; i++)
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            Assert.That(await client.GetStringAsync(server.Address), Is.EqualTo("server"));
            await (i % 2 == 0 ? server.KillAsync() : server.StopAsync());
            await server.RestartAsync();
        }

        Assert.That((server.Port, server.PortOf(LoopbackProtocol.H2c), server.RequestCount), Is.EqualTo((port, h2c, 20L)));
        Assert.That(server.RestartAsync, Throws.InvalidOperationException);
    }

    [Test]
    public async Task Behaviours_can_follow_one_another()
    {
        await using var server = await LoopbackServer.StartAsync(new()
        {
            Behavior = LoopbackBehavior.InOrder(LoopbackBehavior.Status(503, "no"), LoopbackBehavior.Status(204), LoopbackBehavior.Ok),
        });

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await _client.GetAsync(server.Address);
            statuses.Add((int)response.StatusCode);
        }

        Assert.That(statuses, Is.EqualTo(new[] { 503, 204, 200, 200 }));
    }

    [Test]
    public async Task A_late_behaviour_follows_the_given_clock()
    {
        var clock = new ManualTimeProvider();
        await using var server = await LoopbackServer.StartAsync(new() { Behavior = LoopbackBehavior.Ok.After(TimeSpan.FromHours(1), clock) });
        var answer = _client.GetStringAsync(server.Address);
        await clock.WaitForTimersAsync(1);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.That(await answer, Is.EqualTo("server"));
    }

    [TestCase(LoopbackProtocol.Http1)]
    [TestCase(LoopbackProtocol.H2c)]
    public async Task Streams_piece_by_piece_and_over_http2_with_trailers(LoopbackProtocol protocol)
    {
        using var point = new SyncPoint("pieces");
        var trailers = protocol == LoopbackProtocol.H2c ? new Dictionary<string, string> { ["grpc-status"] = "0" } : null;
        await using var server = await LoopbackServer.StartAsync(new()
        {
            Protocols = [protocol],
            Behavior = LoopbackBehavior.Stream(["one,", "two"], trailers, point),
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address)
        {
            Version = protocol == LoopbackProtocol.H2c ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[4];
        await body.ReadExactlyAsync(first);
        await point.WaitForArrivalAsync();
        point.Release();

        using var rest = new StreamReader(body);
        Assert.That(Encoding.UTF8.GetString(first) + await rest.ReadToEndAsync(), Is.EqualTo("one,two"));
        Assert.That(response.TrailingHeaders.Select(t => $"{t.Key}: {t.Value.Single()}"), Is.EqualTo(trailers is null ? [] : new[] { "grpc-status: 0" }));
    }

    [Test]
    public async Task A_reset_stream_leaves_the_connection_alive()
    {
        await using var server = await LoopbackServer.StartAsync(new() { Protocols = [LoopbackProtocol.H2c], Behavior = LoopbackBehavior.ResetStream(2) });
        Assert.That(() => GetAsync(_client, server.Address, HttpVersion.Version20), Throws.InstanceOf<HttpRequestException>());

        server.Behavior = LoopbackBehavior.Ok;

        Assert.That((await GetAsync(_client, server.Address, HttpVersion.Version20)).IsSuccessStatusCode, Is.True);
        Assert.That(server.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public void Refuses_options_that_cannot_work()
    {
        Assert.That(() => LoopbackServer.StartAsync(new() { Protocols = [] }), Throws.ArgumentException);
        Assert.That(() => LoopbackServer.StartAsync(new() { Protocols = [LoopbackProtocol.Https] }), Throws.ArgumentException);
    }

    [Test]
    public async Task Waiting_for_requests_that_do_not_come_says_so()
    {
        await using var server = await LoopbackServer.StartAsync(new() { Name = "lonely" });

        Assert.That(
            () => server.WaitForRequestsAsync(1, TimeSpan.FromMilliseconds(1)),
            Throws.InstanceOf<TimeoutException>().With.Message.EqualTo("The server 'lonely' was to get 1 requests and got 0."));
    }

    private static HttpClient ClientWith(TestCertificates authority, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        authority.TrustIn(handler);
        handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, Uri uri, Version version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var response = await client.SendAsync(request);
        return response.EnsureSuccessStatusCode();
    }

    private static async Task<SocketError> ConnectErrorAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
