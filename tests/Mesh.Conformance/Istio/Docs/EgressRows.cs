using System.Collections.Concurrent;
using System.Net;
using Mesh.Client;
using Mesh.Discovery;
using Mesh.Model;
using Mesh.Testing;
using Mesh.Tests.Shared;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>
/// Egress. The hosts are of the internet, so a script answers in their place: it sees which endpoint a try went to and how the request
/// looked there. What TLS it would have been is in the policy of the cluster; real handshakes are in Mesh.FunctionalTests.
/// </summary>
internal static class EgressRows
{
    public static Dictionary<string, Func<DocRow, Task>> All { get; } = new()
    {
        ["DOC-032"] = RegisteredHostAsync,
        ["DOC-036"] = PlainUpstreamAsync,
        ["DOC-037"] = TlsOriginationAsync,
        ["DOC-038"] = TlsPassedThroughAsync,
        ["DOC-039"] = MutualTlsAsync,
        ["DOC-041"] = WildcardHostAsync,
    };

    private static void RegistryOnly(MeshOptions options) => options.OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly;

    private static async Task RegisteredHostAsync(DocRow row)
    {
        var internet = new Internet(static _ => HttpStatusCode.OK);
        await using var mesh = await DocMesh.StartAsync(row, options: RegistryOnly, network: internet.For);
        using var client = mesh.Client();
        using var response = await client.GetAsync(new Uri("http://httpbin.org/headers"));
        using var other = await client.GetAsync(new Uri("http://unregistered.example/headers"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway), "nobody registered it");
        Assert.That(internet.Seen, Is.EqualTo(new[] { "192.0.2.1:80 http://httpbin.org/headers" }));
        Assert.That(mesh.Policy("outbound|80||httpbin.org").Tls, Is.Null);
    }

    private static async Task PlainUpstreamAsync(DocRow row)
    {
        var internet = new Internet(static endpoint => endpoint.Port == 80 ? HttpStatusCode.MovedPermanently : HttpStatusCode.OK);
        await using var mesh = await DocMesh.StartAsync(row, network: internet.For);
        using var client = mesh.Client();
        using var response = await client.GetAsync(new Uri("http://edition.cnn.com/politics"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MovedPermanently));
        Assert.That(response.Headers.Location?.Scheme, Is.EqualTo("https"));
        Assert.That(internet.Seen, Is.EqualTo(new[] { "192.0.2.1:80 http://edition.cnn.com/politics" }));
        Assert.That(mesh.Policy("outbound|80||edition.cnn.com").Tls, Is.Null);
    }

    private static async Task TlsOriginationAsync(DocRow row)
    {
        var internet = new Internet(static endpoint => endpoint.Port == 80 ? HttpStatusCode.MovedPermanently : HttpStatusCode.OK);
        await using var mesh = await DocMesh.StartAsync(row, network: internet.For);
        using var client = mesh.Client();
        using var response = await client.GetAsync(new Uri("http://edition.cnn.com/politics"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(internet.Seen, Is.EqualTo(new[] { "192.0.2.1:443 http://edition.cnn.com/politics" }));
        Assert.That(mesh.Policy("outbound|80||edition.cnn.com").Tls?.Mode, Is.EqualTo(ClientTlsMode.Simple));
    }

    private static async Task TlsPassedThroughAsync(DocRow row)
    {
        var internet = new Internet(static _ => HttpStatusCode.OK);
        await using var mesh = await DocMesh.StartAsync(row, network: internet.For);
        using var client = mesh.Client();
        using var response = await client.GetAsync(new Uri("https://edition.cnn.com/politics"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(internet.Seen, Is.EqualTo(new[] { "192.0.2.1:443 https://edition.cnn.com/politics" }));
        Assert.That(mesh.Policy("outbound|443||edition.cnn.com").Tls, Is.Null, "the caller's own TLS is the only one");
    }

    private static async Task MutualTlsAsync(DocRow row)
    {
        // The page makes the certificates with openssl and the secret with kubectl.
        using var authority = new TestCertificates();
        using var certificate = authority.Issue("client.example.com");
        var secret = SecretYaml.Client("client-credential", certificate, authority.Authority);
        var internet = new Internet(static _ => HttpStatusCode.OK);
        await using var mesh = await DocMesh.StartAsync(row, secret, static options => options.Labels["app"] = "curl", internet.For);
        using var client = mesh.Client();
        using var response = await client.GetAsync(new Uri("http://my-nginx.mesh-external.svc.cluster.local/"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(internet.Seen, Is.EqualTo(new[] { "192.0.2.1:443 http://my-nginx.mesh-external.svc.cluster.local/" }));
        var tls = mesh.Policy("outbound|80||my-nginx.mesh-external.svc.cluster.local").Tls;
        Assert.That(tls?.Mode, Is.EqualTo(ClientTlsMode.Mutual));
        Assert.That(tls?.Sni, Is.EqualTo("my-nginx.mesh-external.svc.cluster.local"));
        Assert.That(tls?.ClientKeyPair, Is.EqualTo(new ClientKeyPair(certificate.ExportCertificatePem(), SecretYaml.KeyOf(certificate))), "the secret is the client's certificate");
        Assert.That(tls?.CaCertificatesPem, Is.EqualTo(authority.Authority.ExportCertificatePem()));
        Assert.That(tls?.Refusal, Is.Null);
        Assert.That(mesh.Mesh.Problems.Select(static p => p.ToString()), Has.None.Contains("credentialName"));
    }

    private static async Task WildcardHostAsync(DocRow row)
    {
        var internet = new Internet(static _ => HttpStatusCode.OK);
        await using var mesh = await DocMesh.StartAsync(row, options: RegistryOnly, network: internet.For);
        using var client = mesh.Client();
        foreach (var host in new[] { "en.wikipedia.org", "de.wikipedia.org" })
        {
            using var response = await client.GetAsync(new Uri($"https://{host}/wiki/Main_Page"));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), host);
        }

        Assert.That(internet.Seen, Is.EqualTo(new[] { "en.wikipedia.org:443 https://en.wikipedia.org/wiki/Main_Page", "de.wikipedia.org:443 https://de.wikipedia.org/wiki/Main_Page" }));
    }

    /// <summary>Answers for every endpoint, and keeps what it saw.</summary>
    private sealed class Internet(Func<MeshEndpoint, HttpStatusCode> answer)
    {
        private readonly ConcurrentQueue<string> _seen = new();

        public IReadOnlyCollection<string> Seen => _seen;

        public HttpMessageHandler For(MeshEndpoint endpoint) => new Server(this, endpoint);

        private sealed class Server(Internet internet, MeshEndpoint endpoint) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                internet._seen.Enqueue($"{endpoint.Address}:{(endpoint.Port != 0 ? endpoint.Port : request.RequestUri!.Port)} {request.RequestUri}");
                var response = new HttpResponseMessage(internet.Answer(endpoint)) { RequestMessage = request };
                if (response.StatusCode == HttpStatusCode.MovedPermanently)
                {
                    response.Headers.Location = new UriBuilder(request.RequestUri!) { Scheme = "https", Port = -1 }.Uri;
                }

                return Task.FromResult(response);
            }
        }

        private HttpStatusCode Answer(MeshEndpoint endpoint) => answer(endpoint);
    }
}
