using System.Security.Cryptography.X509Certificates;
using Mesh.Client;
using Mesh.Diagnostics;
using Mesh.Testing;
using Mesh.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.FunctionalTests.Protocols;

/// <summary>TLS with certificates from Secrets, towards servers that let nobody in without a client certificate.</summary>
public sealed class CredentialTests
{
    private readonly List<string> _callers = [];
    private TestCertificates _authority = null!;
    private X509Certificate2 _certificate = null!;
    private X509Certificate2 _client = null!;
    private LoopbackServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _callers.Clear();
        _authority = new TestCertificates();
        _certificate = _authority.Issue("catalog.internal");
        _client = _authority.Issue("shop.internal");
        _server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Protocols = [LoopbackProtocol.Https], Certificate = _certificate, ClientCertificateTrust = Admit });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
    }

    /// <summary>What the server asks of a caller; it remembers who was shown.</summary>
    private bool Admit(X509Certificate2 caller)
    {
        lock (_callers)
        {
            _callers.Add(caller.Thumbprint);
        }

        return _authority.Trusts(caller);
    }

    private string Rule(string tls = "mode: MUTUAL, credentialName: shop, sni: catalog.internal", string selector = "workloadSelector: { matchLabels: { app: shop } }") =>
        Yaml.Service("catalog", _server) + $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: catalog }
        spec:
          host: catalog
          {{selector}}
          trafficPolicy: { tls: { {{tls}} } }
        """ + Yaml.End;

    private string Secret(X509Certificate2 client) => SecretYaml.Client("shop", client, _authority.Authority);

    private static Task<FunctionalMesh> MeshAsync(string yaml) => FunctionalMesh.StartAsync(yaml, static (_, mesh) => mesh.Configure(static options => options.Labels["app"] = "shop"));

    private static Task<string> CallAsync(FunctionalMesh mesh) => mesh.Client().GetStringAsync(new Uri("http://catalog/"));

    private static async Task AssertRefusedAsync(FunctionalMesh mesh, string why)
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(mesh));
        Assert.That(failure!.HttpRequestError, Is.AnyOf(HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError));
        Assert.That(failure.ToString(), Does.Contain(why).And.Not.Contain("PRIVATE KEY"));
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task The_secrets_certificate_is_presented_and_its_authority_trusted()
    {
        await using var mesh = await MeshAsync(Rule() + Secret(_client));

        Assert.That(await CallAsync(mesh), Is.EqualTo("server"));
        Assert.That(_callers, Is.EqualTo(new[] { _client.Thumbprint }));
    }

    [Test]
    public async Task The_authority_may_have_a_secret_of_its_own()
    {
        await using var mesh = await MeshAsync(
            Rule() + SecretYaml.Of("shop", ("cert", _client.ExportCertificatePem()), ("key", SecretYaml.KeyOf(_client))) + SecretYaml.Of("shop-cacert", ("cacert", _authority.Authority.ExportCertificatePem())));

        Assert.That(await CallAsync(mesh), Is.EqualTo("server"));
    }

    [Test]
    public async Task Simple_tls_trusts_the_secrets_authority_alone()
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Protocols = [LoopbackProtocol.Https], Certificate = _certificate });
        using var stranger = new TestCertificates("stranger");
        var rule = Rule("mode: SIMPLE, credentialName: shop, sni: catalog.internal").Replace($"main: {_server.Port}", $"main: {server.Port}", StringComparison.Ordinal);
        await using var mesh = await MeshAsync(rule + SecretYaml.Of("shop", ("ca.crt", _authority.Authority.ExportCertificatePem())));

        Assert.That(await CallAsync(mesh), Is.EqualTo("server"));
        await mesh.UpdateAsync(rule + SecretYaml.Of("shop", ("ca.crt", stranger.Authority.ExportCertificatePem())));
        Assert.That(() => CallAsync(mesh), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_renewed_secret_is_presented_by_new_connections()
    {
        using var renewed = _authority.Issue("shop.internal");
        await using var mesh = await MeshAsync(Rule() + Secret(_client));
        await CallAsync(mesh);
        await CallAsync(mesh);
        Assert.That(_callers, Is.EqualTo(new[] { _client.Thumbprint }), "one connection");

        await mesh.UpdateAsync(Rule() + Secret(renewed));
        Assert.That(await CallAsync(mesh), Is.EqualTo("server"));
        Assert.That(_callers, Is.EqualTo(new[] { _client.Thumbprint, renewed.Thumbprint }));
    }

    [Test]
    public async Task A_reload_that_leaves_the_secret_alone_keeps_the_connection()
    {
        await using var mesh = await MeshAsync(Rule() + Secret(_client));
        await CallAsync(mesh);
        await mesh.UpdateAsync(Rule() + Secret(_client) + Yaml.Routes("catalog", "  - { timeout: 9s, route: [{ destination: { host: catalog } }] }"));

        Assert.That(await CallAsync(mesh), Is.EqualTo("server"));
        Assert.That(_callers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_missing_secret_refuses_before_anything_is_opened_and_its_arrival_heals()
    {
        await using var mesh = await MeshAsync(Yaml.Service("orders", _server));
        mesh.Config.Update(Rule());
        await Eventually.BecomesTrueAsync(() => mesh.Mesh.Problems.Any(static p => p.Severity == ConfigProblemSeverity.Error), "the missing Secret is a problem");

        await AssertRefusedAsync(mesh, "there is no Secret 'shop' in namespace 'default'");
        Assert.That(_server.ConnectionCount, Is.Zero);

        await mesh.UpdateAsync(Rule() + Secret(_client));
        Assert.That(await CallAsync(mesh), Is.EqualTo("server"));
    }

    [Test]
    public async Task A_secret_that_goes_bad_leaves_the_last_good_one_serving()
    {
        using var renewed = _authority.Issue("shop.internal");
        await using var mesh = await MeshAsync(Rule() + Secret(_client));
        mesh.Config.Update(Rule() + SecretYaml.Of("shop", ("tls.crt", renewed.ExportCertificatePem()), ("tls.key", SecretYaml.KeyOf(_client)), ("ca.crt", _authority.Authority.ExportCertificatePem())));
        await Eventually.BecomesTrueAsync(() => mesh.Mesh.Problems.Any(static p => p.Severity == ConfigProblemSeverity.Error), "the two that do not belong together are a problem");

        Assert.That(await CallAsync(mesh), Is.EqualTo("server"));
        Assert.That(_callers, Is.EqualTo(new[] { _client.Thumbprint }));
    }

    [Test]
    public async Task Without_a_workload_selector_nothing_goes_out_without_the_certificate()
    {
        await using var mesh = await MeshAsync(Rule(selector: "exportTo: ['*']") + Secret(_client));

        await AssertRefusedAsync(mesh, "workloadSelector");
        Assert.That(_server.ConnectionCount, Is.Zero);
    }
}
