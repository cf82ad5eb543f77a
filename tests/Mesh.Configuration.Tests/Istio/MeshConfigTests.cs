using Mesh.Configuration.Istio;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

/// <summary>Mesh-wide defaults: how they are read, and that they stand in where documents say nothing.</summary>
[TestFixture]
public class MeshConfigTests
{
    private static LoweringOptions Options(string mesh)
    {
        var file = MeshConfigFile.Parse(mesh);
        Assert.That(file.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error), Is.Empty);
        return new LoweringOptions { MeshConfig = file.Config };
    }

    [TestCase("connectTimeout: 3s")]
    [TestCase("meshConfig: {connectTimeout: 3s}")]
    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata:\n  mesh: |\n    connectTimeout: 3s\n")]
    [TestCase("apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {meshConfig: {connectTimeout: 3s}}")]
    [TestCase("{\"connectTimeout\": \"3s\"}")]
    public void It_is_found_in_the_forms_Istio_has(string text) =>
        Assert.That(MeshConfigFile.Parse(text).Config.ConnectTimeout, Is.EqualTo(TimeSpan.FromSeconds(3)));

    [Test]
    public void Mistakes_have_their_place_and_defaults_stay()
    {
        var file = MeshConfigFile.Parse("conectTimeout: 3s", "mesh.yaml");

        Assert.That(file.Config, Is.SameAs(MeshConfigSpec.Default));
        Assert.That(file.Problems.Single().ToString(), Does.StartWith("mesh.yaml:1:1: error: MeshConfig").And.Contain("connectTimeout"));
    }

    [Test]
    public void A_file_that_is_not_there_is_a_problem_and_no_exception() =>
        Assert.That(MeshConfigFile.Load("/nowhere/mesh.yaml").Problems.Single().Severity, Is.EqualTo(ConfigProblemSeverity.Error));

    [Test]
    public void Fields_without_effect_say_so()
    {
        var file = MeshConfigFile.Parse("ingressClass: x\ntrustDomain: y");

        Assert.That(file.Problems.Select(static p => p.Severity), Is.All.EqualTo(ConfigProblemSeverity.Warning).And.Exactly(2).Items);
    }

    [Test]
    public void Retries_of_the_mesh_stand_where_a_rule_writes_none()
    {
        var options = Options("defaultHttpRetryPolicy: {attempts: 7, retryOn: 5xx}");
        var lowered = Lowered.From(Yaml.Service("catalog") + Yaml.Rule("route: [{destination: {host: catalog}}]"), options);

        Assert.That(lowered.Forward("catalog").Retries.Attempts, Is.EqualTo(7));
        Assert.That(lowered.Model.DefaultRetries.RetryOn, Is.EqualTo(RetryConditions.ServerError));
    }

    [Test]
    public void Written_retries_do_not_take_their_conditions_from_the_mesh()
    {
        var options = Options("defaultHttpRetryPolicy: {attempts: 7, retryOn: 5xx}");
        var lowered = Lowered.From(Yaml.Service("catalog") + Yaml.Rule("route: [{destination: {host: catalog}}]\nretries: {attempts: 1}"), options);

        Assert.That(lowered.Forward("catalog").Retries.RetryOn, Is.EqualTo(RetryPolicy.Default.RetryOn));
    }

    [Test]
    public void Blocks_a_rule_leaves_out_come_from_the_mesh()
    {
        var options = Options("connectTimeout: 3s\ndefaultTrafficPolicy: {outlierDetection: {consecutive5xxErrors: 9}}");
        var lowered = Lowered.From(Yaml.Service("a") + Yaml.Service("b") + Yaml.DestinationRule("b", "host: b\ntrafficPolicy: {outlierDetection: {}, connectionPool: {tcp: {connectTimeout: 1s}}}"), options);

        Assert.That(lowered.Cluster("a", 80).Policy.OutlierDetection!.Consecutive5xxErrors, Is.EqualTo(9));
        Assert.That(lowered.Cluster("a", 80).Policy.ConnectionPool.ConnectTimeout, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(lowered.Cluster("b", 80).Policy.OutlierDetection!.Consecutive5xxErrors, Is.EqualTo(5));
        Assert.That(lowered.Cluster("b", 80).Policy.ConnectionPool.ConnectTimeout, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [TestCase("http", "", ExpectedResult = true)]
    [TestCase("web", "", ExpectedResult = false)]
    [TestCase("http", "h2UpgradePolicy: DO_NOT_UPGRADE", ExpectedResult = false)]
    [TestCase("http", "useClientProtocol: true", ExpectedResult = false)]
    [TestCase("http", "maxRetries: 3", ExpectedResult = true)]
    public bool The_upgrade_of_the_mesh_touches_ports_named_http_that_no_rule_speaks_about(string port, string rule)
    {
        var yaml = Yaml.Service("a", ports: $"[{{port: 80, name: {port}}}]") + (rule.Length == 0 ? "" : Yaml.DestinationRule("a", $"host: a\ntrafficPolicy: {{connectionPool: {{http: {{{rule}}}}}}}"));

        return Lowered.From(yaml, Options("h2UpgradePolicy: UPGRADE")).Cluster("a", 80).Policy.ConnectionPool.UpgradeToHttp2;
    }

    [Test]
    public void Places_can_be_switched_off_for_the_mesh_and_on_again_by_a_rule()
    {
        var options = Options("localityLbSetting: {enabled: false}");
        var lowered = Lowered.From(
            Yaml.Service("a") + Yaml.DestinationRule("a", "host: a\ntrafficPolicy: {outlierDetection: {}}")
            + Yaml.Service("b") + Yaml.DestinationRule("b", "host: b\ntrafficPolicy: {outlierDetection: {}, loadBalancer: {localityLbSetting: {enabled: true}}}"),
            options);

        Assert.That(lowered.Cluster("a", 80).Policy.LoadBalancing.Locality, Is.Null);
        Assert.That(lowered.Cluster("b", 80).Policy.LoadBalancing.Locality, Is.Not.Null);
    }

    [Test]
    public void Visibility_has_a_default_by_kind()
    {
        var options = Options("defaultServiceExportTo: ['.']") with { Workload = new Workload { Namespace = "elsewhere" } };

        Assert.That(Lowered.From(Yaml.Service("a"), options).Model.Services, Is.Empty);
    }

    [Test]
    public void Unknown_hosts_can_be_refused_for_the_mesh() =>
        Assert.That(Lowered.From("", Options("outboundTrafficPolicy: {mode: REGISTRY_ONLY}")).Model.OutboundTrafficPolicy, Is.EqualTo(OutboundTrafficPolicy.RegistryOnly));
}
