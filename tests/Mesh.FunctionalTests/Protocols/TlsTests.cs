using System.Security.Cryptography.X509Certificates;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Protocols;

/// <summary>TLS that the mesh originates: what a DestinationRule trusts, names and presents, and that everything else is refused.</summary>
public sealed class TlsTests
{
    private TestCertificates _authority = null!;
    private TestCertificates _stranger = null!;
    private X509Certificate2 _certificate = null!;
    private CertificateFiles _files = null!;

    [SetUp]
    public void Issue()
    {
        _authority = new TestCertificates();
        _stranger = new TestCertificates("stranger");
        _certificate = _authority.Issue("catalog.internal", "spiffe://cluster.local/ns/default/sa/catalog");
        _files = new CertificateFiles();
    }

    [TearDown]
    public void CleanUp()
    {
        _certificate.Dispose();
        _authority.Dispose();
        _stranger.Dispose();
        _files.Dispose();
    }

    private Task<LoopbackServer> StartAsync(Func<X509Certificate2, bool>? trust = null) => LoopbackServer.StartAsync(new LoopbackServerOptions
    {
        Protocols = [LoopbackProtocol.Https],
        Certificate = _certificate,
        ClientCertificateTrust = trust,
    });

    private static Task<FunctionalMesh> MeshAsync(LoopbackServer server, string tls, string protocol = "HTTP") =>
        FunctionalMesh.StartAsync(Yaml.Service("catalog", protocol, (server.Port, "")) + Yaml.Policy("catalog", $"tls: {{ {tls} }}"));

    private static async Task AssertRefusedAsync(FunctionalMesh mesh, LoopbackServer server, bool opensConnection = true)
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => mesh.Client().PostAsync(new Uri("http://catalog/"), new StringContent("x")));
        Assert.That(failure!.HttpRequestError, Is.AnyOf(HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError));
        Assert.That(server.RequestCount, Is.Zero);
        Assert.That(server.ConnectionCount > 0, Is.EqualTo(opensConnection));
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [TestCase("HTTP", "HTTP/1.1")]
    [TestCase("HTTP2", "HTTP/2")]
    public async Task A_plain_request_travels_over_tls(string protocol, string seen)
    {
        await using var server = await StartAsync();
        await using var mesh = await MeshAsync(server, $"mode: SIMPLE, caCertificates: {_files.Authority(_authority)}, sni: catalog.internal", protocol);

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("server"));
        Assert.That(server.Requests[0].Protocol, Is.EqualTo(seen));
        Assert.That(server.Requests[0].Authority, Is.EqualTo("catalog"));
    }

    [TestCase("catalog.internal")]
    [TestCase("spiffe://cluster.local/ns/default/sa/catalog")]
    public async Task An_accepted_name_is_enough(string name)
    {
        await using var server = await StartAsync();
        await using var mesh = await MeshAsync(server, $"mode: SIMPLE, caCertificates: {_files.Authority(_authority)}, subjectAltNames: ['{name}']");

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("server"));
    }

    [Test]
    public async Task A_strangers_authority_is_refused_as_a_connect_failure()
    {
        await using var server = await StartAsync();
        await using var mesh = await MeshAsync(server, $"mode: SIMPLE, caCertificates: {_files.Authority(_stranger)}, sni: catalog.internal");

        await AssertRefusedAsync(mesh, server);
    }

    [TestCase("sni: other.internal")]
    [TestCase("sni: catalog.internal, subjectAltNames: [other.internal]")]
    [TestCase("sni: catalog.internal, subjectAltNames: ['spiffe://cluster.local/ns/default/sa/other']")]
    public async Task A_wrong_name_is_refused_as_a_connect_failure(string names)
    {
        await using var server = await StartAsync();
        await using var mesh = await MeshAsync(server, $"mode: SIMPLE, caCertificates: {_files.Authority(_authority)}, {names}");

        await AssertRefusedAsync(mesh, server);
    }

    [Test]
    public async Task An_authority_of_the_system_is_wanted_when_none_is_written()
    {
        await using var server = await StartAsync();
        await using var mesh = await MeshAsync(server, "mode: SIMPLE, sni: catalog.internal");

        await AssertRefusedAsync(mesh, server);
    }

    [Test]
    public async Task Mutual_tls_presents_the_client_certificate()
    {
        await using var server = await StartAsync(_authority.Trusts);
        using var client = _authority.Issue("spiffe://cluster.local/ns/default/sa/shop");
        var (certificate, key) = _files.Client(client);
        await using var mesh = await MeshAsync(
            server, $"mode: MUTUAL, caCertificates: {_files.Authority(_authority)}, sni: catalog.internal, clientCertificate: {certificate}, privateKey: {key}");

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("server"));
    }

    [Test]
    public async Task Mutual_tls_with_a_strangers_certificate_gets_no_answer()
    {
        await using var server = await StartAsync(_authority.Trusts);
        using var client = _stranger.Issue("spiffe://cluster.local/ns/default/sa/shop");
        var (certificate, key) = _files.Client(client);
        await using var mesh = await MeshAsync(
            server, $"mode: MUTUAL, caCertificates: {_files.Authority(_authority)}, sni: catalog.internal, clientCertificate: {certificate}, privateKey: {key}");

        // With TLS 1.3 the client learns of the refusal with its first read.
        Assert.That(async () => await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Throws.InstanceOf<HttpRequestException>());
        Assert.That(server.RequestCount, Is.Zero);
    }

    [Test]
    public async Task An_https_endpoint_of_the_Services_section_is_used_with_the_clients_own_trust()
    {
        using var certificate = _authority.Issue("catalog");
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Protocols = [LoopbackProtocol.Https], Certificate = certificate });
        await using var mesh = await FunctionalMesh.StartAsync(settings: new() { ["Services:catalog:https:0"] = $"https://127.0.0.1:{server.Port}" });
        using var primary = new SocketsHttpHandler();
        _authority.TrustIn(primary);
        using var client = new HttpClient(mesh.Mesh.CreateHandler(primary));

        Assert.That(await client.GetStringAsync(new Uri("https+http://catalog/")), Is.EqualTo("server"));
        Assert.That(await client.GetStringAsync(new Uri("https://catalog/")), Is.EqualTo("server"));
        Assert.That(await client.GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("server"), "the endpoint demands https");
    }

    [Test]
    public async Task Istio_mutual_without_mesh_certificates_is_refused_and_never_plain()
    {
        await using var server = await StartAsync();
        await using var mesh = await MeshAsync(server, "mode: ISTIO_MUTUAL");

        await AssertRefusedAsync(mesh, server, opensConnection: false);
    }

    [Test]
    public async Task Checks_may_be_switched_off()
    {
        await using var server = await StartAsync();
        await using var mesh = await MeshAsync(server, "mode: SIMPLE, insecureSkipVerify: true");

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("server"));
    }
}
