using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Configuration.Istio;
using Mesh.Diagnostics;
using Mesh.Model;
using Mesh.Testing;
using Mesh.Tests.Shared;

namespace Mesh.Configuration.Tests.Istio;

/// <summary>What a credentialName takes from which Secret, and what is said when it is not there.</summary>
public class CredentialTests
{
    private static readonly LoweringOptions s_shop = new() { Workload = Workload.Default with { Labels = ModelMap.Of(("app", "shop")) } };
    private TestCertificates _authority = null!;
    private X509Certificate2 _client = null!;
    private string _certificate = "";
    private string _key = "";
    private string _root = "";

    [OneTimeSetUp]
    public void Issue()
    {
        _authority = new TestCertificates();
        _client = _authority.Issue("shop.internal");
        (_certificate, _key, _root) = (_client.ExportCertificatePem(), SecretYaml.KeyOf(_client), _authority.Authority.ExportCertificatePem());
    }

    [OneTimeTearDown]
    public void CleanUp()
    {
        _client.Dispose();
        _authority.Dispose();
    }

    private static string Rule(string tls, string more = "workloadSelector: {matchLabels: {app: shop}}") =>
        Yaml.Service("catalog") + Yaml.DestinationRule("catalog", $"host: catalog\n{more}\ntrafficPolicy:\n  tls: {{{tls}}}");

    private static Lowered Lower(string yaml) => Lowered.From(yaml, s_shop);

    private static ClientTls Tls(Lowered lowered) => lowered.Cluster("catalog", 80).Policy.Tls!;

    [TestCase("tls.crt", "tls.key", "ca.crt")]
    [TestCase("cert", "key", "cacert")]
    public void Mutual_takes_certificate_key_and_authority_from_the_secret(string certificate, string key, string authority)
    {
        var lowered = Lower(Rule("mode: MUTUAL, credentialName: shop") + SecretYaml.Of("shop", (certificate, _certificate), (key, _key), (authority, _root)));

        Assert.That(lowered.Problems, Is.Empty);
        Assert.That(Tls(lowered).ClientKeyPair, Is.EqualTo(new ClientKeyPair(_certificate, _key)));
        Assert.That(Tls(lowered).CaCertificatesPem, Is.EqualTo(_root));
        Assert.That(Tls(lowered).Refusal, Is.Null);
    }

    [Test]
    public void Values_may_be_written_as_they_are_and_go_before_those_in_base64()
    {
        var secret = $"""
            apiVersion: v1
            kind: Secret
            metadata:
              name: shop
            data:
              ca.crt: aHVzaA==
            stringData:
              ca.crt: |
            {string.Join('\n', _root.Split('\n').Select(static line => "    " + line))}
            """;
        var lowered = Lower(Rule("mode: SIMPLE, credentialName: shop") + secret);

        Assert.That(lowered.Problems, Is.Empty);
        Assert.That(Tls(lowered).CaCertificatesPem, Is.EqualTo(_root));
    }

    [Test]
    public void The_secret_for_the_authority_alone_goes_first()
    {
        using var other = new TestCertificates("other");
        var lowered = Lower(Rule("mode: MUTUAL, credentialName: shop") + SecretYaml.Client("shop", _client, other.Authority) + SecretYaml.Of("shop-cacert", ("cacert", _root)));

        Assert.That(lowered.Problems, Is.Empty);
        Assert.That(Tls(lowered).CaCertificatesPem, Is.EqualTo(_root));
    }

    [TestCase("shop")]
    [TestCase("shop-cacert")]
    public void Simple_needs_an_authority_and_nothing_else(string secret)
    {
        var lowered = Lower(Rule("mode: SIMPLE, credentialName: shop") + SecretYaml.Of(secret, ("ca.crt", _root)));

        Assert.That(lowered.Problems, Is.Empty);
        Assert.That(Tls(lowered), Has.Property(nameof(ClientTls.CaCertificatesPem)).EqualTo(_root).And.Property(nameof(ClientTls.ClientKeyPair)).Null);
    }

    [Test]
    public void Without_a_check_of_the_server_mutual_needs_no_authority()
    {
        var lowered = Lower(Rule("mode: MUTUAL, credentialName: shop, insecureSkipVerify: true") + SecretYaml.Of("shop", ("tls.crt", _certificate), ("tls.key", _key)));

        Assert.That(lowered.Problems, Is.Empty);
        Assert.That(Tls(lowered).ClientKeyPair, Is.Not.Null);
    }

    [Test]
    public void A_secret_is_looked_for_in_the_namespace_of_the_workload()
    {
        var foreign = SecretYaml.Of("shop", "infra", ("ca.crt", _root));
        Assert.That(Tls(Lower(Rule("mode: SIMPLE, credentialName: shop") + foreign)).Refusal, Does.StartWith("there is no Secret 'shop' in namespace 'default'"));
        Assert.That(Tls(Lower(Rule("mode: SIMPLE, credentialName: 'kubernetes://infra/shop'") + foreign)).Refusal, Does.Contain("of another namespace"));
        Assert.That(Tls(Lower(Rule("mode: SIMPLE, credentialName: 'sds://shop'") + foreign)).Refusal, Does.Contain("not the name of a Secret"));

        var own = SecretYaml.Of("shop", ("ca.crt", _root));
        Assert.That(Tls(Lower(Rule("mode: SIMPLE, credentialName: 'kubernetes://shop'") + own)).CaCertificatesPem, Is.EqualTo(_root));
        Assert.That(Tls(Lower(Rule("mode: SIMPLE, credentialName: 'kubernetes://default/shop'") + own)).CaCertificatesPem, Is.EqualTo(_root));
    }

    [Test]
    public void A_missing_secret_is_one_error_where_it_is_named()
    {
        var lowered = Lower(Rule("mode: MUTUAL, credentialName: shop") + Yaml.Document("Service", "other", "ports: [{port: 80, name: http}, {port: 81, name: http-b}]"));

        var problem = lowered.Problems.Single();
        Assert.That(problem.Severity, Is.EqualTo(ConfigProblemSeverity.Error));
        Assert.That((problem.Kind, problem.Name, problem.Field), Is.EqualTo(("DestinationRule", "catalog", "spec.trafficPolicy.tls.credentialName")));
        Assert.That((problem.Source, problem.Line), Is.EqualTo(("mesh.yaml", 15)));
        Assert.That(problem.Message, Does.StartWith("there is no Secret 'shop' in namespace 'default'").And.Contain("add the Secret's document"));
        Assert.That(Tls(lowered).Refusal, Is.EqualTo(problem.Message));
        Assert.That(Tls(lowered).Mode, Is.EqualTo(ClientTlsMode.Mutual));
    }

    private static readonly object[] s_faults =
    [
        new object[] { "pem", "tls.crt", "data[\"tls.crt\"]", "is not a certificate in PEM form" },
        new object[] { "pem", "tls.key", "data[\"tls.key\"]", "is not an RSA or ECDSA private key" },
        new object[] { "pem", "ca.crt", "data[\"ca.crt\"]", "holds no certificate" },
        new object[] { "none", "tls.crt", "data", "has no client certificate with its key" },
        new object[] { "none", "tls.key", "data", "has no client certificate with its key" },
        new object[] { "none", "ca.crt", "data", "has no authority to check servers with" },
        new object[] { "other", "tls.key", "data[\"tls.key\"]", "is not the key of the certificate" },
        new object[] { "encrypted", "tls.key", "data[\"tls.key\"]", "is encrypted" },
    ];

    [TestCaseSource(nameof(s_faults))]
    public void What_is_wrong_with_a_secret_is_one_error_at_its_field_and_refuses(string fault, string key, string field, string message)
    {
        using var stranger = _authority.Issue("stranger");
        using var encrypted = ECDsa.Create();
        var value = fault switch
        {
            "other" => SecretYaml.KeyOf(stranger),
            "encrypted" => encrypted.ExportEncryptedPkcs8PrivateKeyPem("password", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            "none" => "",
            _ => "-----BEGIN RUBBISH-----",
        };
        var values = new Dictionary<string, string> { ["tls.crt"] = _certificate, ["tls.key"] = _key, ["ca.crt"] = _root };
        values[key] = value;
        if (fault == "none")
        {
            values.Remove(key);
        }

        // Two rules use it; it is said once.
        var lowered = Lower(
            Rule("mode: MUTUAL, credentialName: shop") + SecretYaml.Of("shop", [.. values.Select(static v => (v.Key, v.Value))])
            + Yaml.Service("orders") + Yaml.DestinationRule("orders", "host: orders\nworkloadSelector: {matchLabels: {app: shop}}\ntrafficPolicy: {tls: {mode: MUTUAL, credentialName: shop}}"));

        var problem = lowered.Problems.Single();
        Assert.That(problem.Severity, Is.EqualTo(ConfigProblemSeverity.Error));
        Assert.That((problem.Kind, problem.Namespace, problem.Name, problem.Field), Is.EqualTo(("Secret", "default", "shop", field)));
        Assert.That(problem.Line, Is.GreaterThan(17));
        Assert.That(problem.Message, Does.StartWith(message));
        Assert.That(Tls(lowered).Refusal, Does.Contain("Secret default/shop").And.Contain(message));
        Assert.That(Tls(lowered).ClientKeyPair, Is.Null);
        AssertHidesKeys(lowered);
    }

    [Test]
    public void Revocation_lists_are_said_to_be_without_effect()
    {
        var lowered = Lower(Rule("mode: SIMPLE, credentialName: shop") + SecretYaml.Of("shop", ("ca.crt", _root), ("ca.crl", "x")));

        Assert.That(lowered.Errors, Is.Empty);
        Assert.That(lowered.Problems.Single().Field, Is.EqualTo("data[\"ca.crl\"]"));
    }

    [Test]
    public void Without_a_workload_selector_the_credential_is_not_used_and_mutual_tls_is_refused()
    {
        var secret = SecretYaml.Client("shop", _client, _authority.Authority);
        var mutual = Lower(Rule("mode: MUTUAL, credentialName: shop", "exportTo: ['*']") + secret);
        var simple = Lower(Rule("mode: SIMPLE, credentialName: shop", "exportTo: ['*']") + secret);

        Assert.That(Tls(mutual), Has.Property(nameof(ClientTls.Refusal)).Contains("workloadSelector").And.Property(nameof(ClientTls.ClientKeyPair)).Null);
        Assert.That(Tls(simple), Has.Property(nameof(ClientTls.Refusal)).Null.And.Property(nameof(ClientTls.CaCertificatesPem)).Null);
        foreach (var lowered in new[] { mutual, simple })
        {
            Assert.That(lowered.Problems.Single(), Has.Property(nameof(ConfigProblem.Severity)).EqualTo(ConfigProblemSeverity.Warning)
                .And.Property(nameof(ConfigProblem.Field)).EqualTo("spec.trafficPolicy.tls.credentialName").And.Property(nameof(ConfigProblem.Message)).Contains("add a workloadSelector"));
        }
    }

    [Test]
    public void At_a_gateway_it_acts_without_a_workload_selector()
    {
        var gateway = Yaml.Document("Gateway", "edge", "selector: {app: shop}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]");
        var lowered = Lower(Rule("mode: MUTUAL, credentialName: shop", "exportTo: ['*']") + gateway + SecretYaml.Client("shop", _client, _authority.Authority));

        Assert.That(lowered.Problems.Select(static p => p.Kind), Is.EqualTo(new[] { "Gateway" }), "the advice that every Gateway gets");
        Assert.That(Tls(lowered).ClientKeyPair, Is.Not.Null);
    }

    [Test]
    public void A_rule_for_other_workloads_is_not_asked_for_its_secret() =>
        Assert.That(Lower(Rule("mode: MUTUAL, credentialName: nobody", "workloadSelector: {matchLabels: {app: other}}")).Problems, Is.Empty);

    [Test]
    public void Ports_and_subsets_have_credentials_of_their_own()
    {
        var lowered = Lower(Yaml.Service("catalog") + Yaml.DestinationRule("catalog", """
            host: catalog
            workloadSelector: {matchLabels: {app: shop}}
            trafficPolicy:
              portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE, credentialName: a}}]
            subsets:
            - name: v1
              trafficPolicy: {tls: {mode: SIMPLE, credentialName: b}, portLevelSettings: [{port: {number: 81}, tls: {mode: SIMPLE, credentialName: c}}]}
            """) + SecretYaml.Of("a", ("ca.crt", _root)));

        Assert.That(lowered.Cluster("catalog", 80).Policy.Tls!.CaCertificatesPem, Is.EqualTo(_root));
        Assert.That(lowered.Cluster("catalog", 80, "v1").Policy.Tls!.Refusal, Does.Contain("'b'"));
        Assert.That(lowered.Problems.Select(static p => p.Field), Is.EqualTo(new[]
        {
            "spec.subsets[0].trafficPolicy.tls.credentialName",
            "spec.subsets[0].trafficPolicy.portLevelSettings[0].tls.credentialName",
        }));
    }

    [Test]
    public void Who_opens_no_connection_needs_no_secret() =>
        Assert.That(Lowered.From(Rule("mode: MUTUAL, credentialName: shop"), s_shop with { OpensConnections = false }).Problems, Is.Empty);

    [Test]
    public void With_plain_text_it_is_said_to_have_no_effect() =>
        Assert.That(Lower(Rule("mode: DISABLE, credentialName: shop")).Problems.Single().Message, Does.Contain("without effect"));

    [Test]
    public void Pairs_compare_by_content()
    {
        Assert.That(new ClientKeyPair("ab", "c"), Is.EqualTo(new ClientKeyPair("ab", "c")));
        Assert.That(new ClientKeyPair("ab", "c").GetHashCode(), Is.EqualTo(new ClientKeyPair("ab", "c").GetHashCode()));
        Assert.That(new ClientKeyPair("ab", "c"), Is.Not.EqualTo(new ClientKeyPair("a", "bc")));
        Assert.That(new ClientKeyPair("ab", "c"), Is.Not.EqualTo(new ClientKeyPair("ab", "d")));
    }

    [Test]
    public void No_text_of_the_model_shows_the_key()
    {
        var lowered = Lower(Rule("mode: MUTUAL, credentialName: shop") + SecretYaml.Client("shop", _client, _authority.Authority));

        Assert.That(Tls(lowered).ToString(), Does.Contain(nameof(ClientTls.ClientKeyPair)));
        AssertHidesKeys(lowered);
        Assert.That(System.Text.Json.JsonSerializer.Serialize(Tls(lowered)), Does.Not.Contain("PRIVATE KEY"));
    }

    private void AssertHidesKeys(Lowered lowered)
    {
        var line = _key.Split('\n')[1];
        foreach (var text in new[]
        {
            lowered.Model.ToString(), string.Concat(lowered.Model.Services.SelectMany(static s => s.Clusters)),
            string.Join('\n', lowered.Problems), string.Concat(lowered.Documents.Select(static d => d.Spec)),
        })
        {
            Assert.That(text, Does.Not.Contain("PRIVATE KEY").And.Not.Contain(line).And.Not.Contain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(_key))[..40]));
        }

        Assert.That(string.Join('\n', lowered.Problems), Does.Not.Contain("RUBBISH"));
    }
}
