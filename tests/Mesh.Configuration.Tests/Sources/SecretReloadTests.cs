using System.Security.Cryptography.X509Certificates;
using Mesh.Configuration.Sources;
using Mesh.Model;
using Mesh.Testing;
using Mesh.Tests.Shared;

namespace Mesh.Configuration.Tests.Sources;

/// <summary>Secrets that change while a mesh runs: a good one comes into force, of a bad one the last good version stays.</summary>
public class SecretReloadTests
{
    private const string Rule = """
        apiVersion: v1
        kind: Service
        metadata: {name: catalog}
        spec: {ports: [{port: 80, name: http}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: catalog}
        spec:
          host: catalog
          workloadSelector: {matchLabels: {app: shop}}
          trafficPolicy: {tls: {mode: MUTUAL, credentialName: shop}}
        ---

        """;

    private TestCertificates _authority = null!;
    private ListLogger _log = null!;
    private InMemoryConfigSource _source = null!;
    private MeshConfigHub _hub = null!;

    [SetUp]
    public async Task StartAsync()
    {
        (_authority, _log, _source) = (new(), new(), new());
        _hub = new MeshConfigHub([_source], new MeshConfigHubOptions { Workload = Workload.Default with { Labels = ModelMap.Of(("app", "shop")) } }, _log);
        await _hub.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _hub.DisposeAsync();
        _authority.Dispose();
    }

    private ClientTls Tls => _hub.Current.Model.Services.Single(static s => s.Hosts.Contains("catalog")).Clusters[0].Policy.Tls!;

    private string Secret(X509Certificate2 client) => SecretYaml.Client("shop", client, _authority.Authority);

    private async Task UpdateAsync(string yaml)
    {
        var settled = new TaskCompletionSource();
        void Settle(ConfigSnapshot snapshot) => settled.TrySetResult();
        _hub.Changed += Settle;
        _hub.ProblemsChanged += Settle;
        _source.Update(yaml);
        await settled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _hub.Changed -= Settle;
        _hub.ProblemsChanged -= Settle;
    }

    [Test]
    public async Task A_renewed_certificate_is_another_model()
    {
        using var first = _authority.Issue("first");
        using var second = _authority.Issue("second");
        await UpdateAsync(Rule + Secret(first));
        var before = Tls;
        await UpdateAsync(Rule + Secret(second));

        Assert.That(_hub.Current.Version, Is.EqualTo(3), "after nothing and the first");
        Assert.That(Tls, Is.Not.EqualTo(before));
        Assert.That(Tls.ClientKeyPair!.CertificatePem, Is.EqualTo(second.ExportCertificatePem()));
    }

    [Test]
    public async Task The_last_good_secret_stays_while_its_new_version_is_wrong()
    {
        using var first = _authority.Issue("first");
        using var second = _authority.Issue("second");
        await UpdateAsync(Rule + Secret(first));
        foreach (var (wrong, said) in new[]
        {
            (Secret(second).Replace("tls.crt: \"", "tls.crt: \"*", StringComparison.Ordinal), "is not base64"),
            (Secret(second).Replace("tls.key", "tls.kez", StringComparison.Ordinal), "has no client certificate with its key"),
            (SecretYaml.Of("shop", ("tls.crt", second.ExportCertificatePem()), ("tls.key", SecretYaml.KeyOf(first)), ("ca.crt", second.ExportCertificatePem())), "is not the key of the certificate"),
        })
        {
            await UpdateAsync(Rule + wrong);
            Assert.That(_hub.Current.Problems.Select(static p => p.ToString()), Has.Exactly(1).Items.And.All.Contain(said).And.All.Contain("Secret default/shop"));
            Assert.That(Tls.Refusal, Is.Null);
            Assert.That(Tls.ClientKeyPair!.CertificatePem, Is.EqualTo(first.ExportCertificatePem()));
        }

        await UpdateAsync(Rule + Secret(second));
        Assert.That(_hub.Current.Problems, Is.Empty);
        Assert.That(Tls.ClientKeyPair!.CertificatePem, Is.EqualTo(second.ExportCertificatePem()));
        Assert.That(string.Join('\n', _log.Lines), Does.Not.Contain("PRIVATE KEY").And.Not.Contain(SecretYaml.KeyOf(first).Split('\n')[1]).And.Not.Contain(SecretYaml.KeyOf(second).Split('\n')[1]));
    }

    [Test]
    public async Task A_rule_that_begins_to_name_a_missing_secret_waits_for_it()
    {
        using var client = _authority.Issue("client");
        await UpdateAsync(Rule.Replace("MUTUAL, credentialName: shop", "DISABLE", StringComparison.Ordinal));
        await UpdateAsync(Rule);
        Assert.That(Tls.Mode, Is.EqualTo(ClientTlsMode.Disable), "the last good version");
        Assert.That(_hub.Current.Problems.Single().Message, Does.StartWith("there is no Secret 'shop'"));

        await UpdateAsync(Rule + Secret(client));
        Assert.That(Tls.ClientKeyPair, Is.Not.Null);
    }

    [Test]
    public async Task A_secret_that_is_removed_refuses_connections()
    {
        using var client = _authority.Issue("client");
        await UpdateAsync(Rule + Secret(client));
        await UpdateAsync(Rule);

        Assert.That(Tls, Has.Property(nameof(ClientTls.Refusal)).Contains("there is no Secret 'shop'").And.Property(nameof(ClientTls.ClientKeyPair)).Null);
    }
}
