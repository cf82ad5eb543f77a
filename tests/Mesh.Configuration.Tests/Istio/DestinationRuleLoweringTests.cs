using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

public class DestinationRuleLoweringTests
{
    private static readonly string s_catalog = Yaml.Service("catalog", ports: "[{port: 80, name: http}, {port: 90, name: admin}]");

    [Test]
    public void Without_a_rule_the_defaults_apply() =>
        Assert.That(Lowered.From(s_catalog).Cluster("catalog", 80).Policy, Is.EqualTo(ClusterPolicy.Default));

    [Test]
    public void Every_port_has_a_default_cluster_and_one_per_subset()
    {
        var lowered = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", "host: catalog\nsubsets: [{name: v1, labels: {version: v1}}, {name: all}]"));
        Assert.That(
            lowered.Service("catalog").Clusters.Select(static c => c.Key.ToString()[9..].Split('|')[..2]).Select(static p => string.Join('|', p)),
            Is.EqualTo(new[] { "80|", "80|v1", "80|all", "90|", "90|v1", "90|all" }));
        Assert.That(lowered.Cluster("catalog", 80, "v1").Labels, Is.EqualTo(ModelMap.Of(("version", "v1"))));
        Assert.That(lowered.Cluster("catalog", 80, "all").Labels, Is.EqualTo(ModelMap<string>.Empty));
    }

    [Test]
    public void A_subset_overrides_block_by_block()
    {
        var lowered = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", """
            host: catalog
            trafficPolicy:
              loadBalancer: {simple: RANDOM}
              connectionPool: {http: {http2MaxRequests: 7}}
            subsets:
            - name: v1
              trafficPolicy: {connectionPool: {tcp: {maxConnections: 3}}}
            """));
        var subset = lowered.Cluster("catalog", 80, "v1").Policy;
        Assert.That(subset.LoadBalancing.Algorithm, Is.EqualTo("RANDOM"), "inherited");
        Assert.That(subset.ConnectionPool.MaxConnections, Is.EqualTo(3));
        Assert.That(subset.ConnectionPool.MaxRequests, Is.EqualTo(int.MaxValue), "the whole block is replaced");
        Assert.That(lowered.Cluster("catalog", 80).Policy.ConnectionPool.MaxRequests, Is.EqualTo(7));
    }

    [Test]
    public void Settings_of_a_port_inherit_nothing()
    {
        var lowered = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", """
            host: catalog
            trafficPolicy:
              loadBalancer: {simple: RANDOM}
              outlierDetection: {consecutive5xxErrors: 2}
              portLevelSettings: [{port: {number: 90}, connectionPool: {tcp: {maxConnections: 1}}}]
            subsets: [{name: v1, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}]
            """));
        var admin = lowered.Cluster("catalog", 90).Policy;
        Assert.That(admin.LoadBalancing, Is.EqualTo(LoadBalancing.Default));
        Assert.That(admin.OutlierDetection, Is.Null);
        Assert.That(admin.ConnectionPool.MaxConnections, Is.EqualTo(1));
        Assert.That(lowered.Cluster("catalog", 80).Policy.LoadBalancing.Algorithm, Is.EqualTo("RANDOM"));
        var subset = lowered.Cluster("catalog", 90, "v1").Policy;
        Assert.That(subset.LoadBalancing.Algorithm, Is.EqualTo("ROUND_ROBIN"));
        Assert.That(subset.ConnectionPool.MaxConnections, Is.EqualTo(1));
    }

    [Test]
    public void Outlier_detection_has_the_defaults_of_Istio()
    {
        var policy = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", "host: catalog\ntrafficPolicy: {outlierDetection: {}}")).Cluster("catalog", 80).Policy;
        Assert.That(policy.OutlierDetection, Is.EqualTo(new OutlierDetection()));
        Assert.That(policy.LoadBalancing.Locality, Is.Not.Null, "places count once endpoints can be ejected");
    }

    [Test]
    public void The_longest_ejection_is_never_shorter_than_the_first()
    {
        var outlier = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", """
            host: catalog
            trafficPolicy: {outlierDetection: {consecutive5xxErrors: 0, consecutiveGatewayErrors: 3, interval: 1s, baseEjectionTime: 10m, maxEjectionPercent: 50, minHealthPercent: 20}}
            """)).Cluster("catalog", 80).Policy.OutlierDetection!;
        Assert.That(outlier.MaxEjectionTime, Is.EqualTo(TimeSpan.FromMinutes(10)));
        Assert.That((outlier.Consecutive5xxErrors, outlier.ConsecutiveGatewayErrors, outlier.MaxEjectionPercent, outlier.MinHealthPercent), Is.EqualTo((0, 3, 50, 20)));
    }

    [Test]
    public void Limits_of_zero_are_none_and_idle_times_fall_back_to_tcp()
    {
        var pool = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", """
            host: catalog
            trafficPolicy: {connectionPool: {tcp: {maxConnections: 0, idleTimeout: 5s, connectTimeout: 250ms}, http: {maxRequestsPerConnection: 1, h2UpgradePolicy: UPGRADE}}}
            """)).Cluster("catalog", 80).Policy.ConnectionPool;
        Assert.That(pool, Is.EqualTo(ConnectionPool.Default with
        {
            IdleTimeout = TimeSpan.FromSeconds(5),
            ConnectTimeout = TimeSpan.FromMilliseconds(250),
            MaxRequestsPerConnection = 1,
            UpgradeToHttp2 = true,
        }));
    }

    [TestCase("LEAST_CONN", "LEAST_REQUEST")]
    [TestCase("UNSPECIFIED", "LEAST_REQUEST")]
    [TestCase("PASSTHROUGH", "PASSTHROUGH")]
    [TestCase("ROUND_ROBIN", "ROUND_ROBIN")]
    public void Algorithms_have_one_name(string written, string expected) =>
        Assert.That(
            Lowered.From(s_catalog + Yaml.DestinationRule("catalog", $"host: catalog\ntrafficPolicy: {{loadBalancer: {{simple: {written}}}}}")).Cluster("catalog", 80).Policy.LoadBalancing.Algorithm,
            Is.EqualTo(expected));

    [Test]
    public void Balancing_that_does_not_act_yet_is_lowered_and_warned_of()
    {
        var lowered = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", "host: catalog\ntrafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: user, ttl: 0s}, maglev: {tableSize: 65537}}}}"));
        Assert.That(lowered.Cluster("catalog", 80).Policy.LoadBalancing.ConsistentHash, Is.EqualTo(new ConsistentHash { HttpCookieName = "user", HttpCookieTtl = TimeSpan.Zero, Maglev = true }));
        Assert.That(lowered.Warnings, Has.Some.Contains("spec.trafficPolicy.loadBalancer.consistentHash: parsed but not acted on yet"));
    }

    [Test]
    public void A_tls_block_without_a_mode_switches_tls_off()
    {
        var tls = Lowered.From(s_catalog + Yaml.DestinationRule("catalog", "host: catalog\ntrafficPolicy: {tls: {}}")).Cluster("catalog", 80).Policy.Tls;
        Assert.That(tls, Is.EqualTo(new ClientTls { Mode = ClientTlsMode.Disable }));
    }

    [Test]
    public void The_retry_budget_has_its_defaults() =>
        Assert.That(
            Lowered.From(s_catalog + Yaml.DestinationRule("catalog", "host: catalog\ntrafficPolicy: {retryBudget: {}}")).Cluster("catalog", 80).Policy.RetryBudget,
            Is.EqualTo(new RetryBudget(20, 3)));

    [Test]
    public void The_callers_namespace_goes_before_the_services_and_that_before_the_root()
    {
        var service = Yaml.Service("catalog", "shop");
        var root = Rule("root", "RANDOM", "istio-system");
        var own = Rule("own", "ROUND_ROBIN", "shop");
        var caller = Rule("caller", "PASSTHROUGH", "default");
        Assert.That(Algorithm(service + root), Is.EqualTo("RANDOM"));
        Assert.That(Algorithm(service + root + own), Is.EqualTo("ROUND_ROBIN"));
        Assert.That(Algorithm(service + root + own + caller), Is.EqualTo("PASSTHROUGH"));

        static string Rule(string name, string algorithm, string @namespace) =>
            Yaml.DestinationRule(name, $"host: catalog.shop.svc.cluster.local\ntrafficPolicy: {{loadBalancer: {{simple: {algorithm}}}}}", @namespace);

        static string Algorithm(string yaml) => Lowered.From(yaml).Cluster("catalog.shop", 80).Policy.LoadBalancing.Algorithm;
    }

    [Test]
    public void The_most_specific_host_of_a_namespace_decides()
    {
        var yaml = s_catalog
            + Yaml.DestinationRule("wild", "host: '*.svc.cluster.local'\ntrafficPolicy: {loadBalancer: {simple: RANDOM}}")
            + Yaml.DestinationRule("wilder", "host: '*.local'\ntrafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}");
        Assert.That(Lowered.From(yaml).Cluster("catalog", 80).Policy.LoadBalancing.Algorithm, Is.EqualTo("RANDOM"));
    }

    [Test]
    public void Rules_for_one_host_in_one_namespace_merge()
    {
        var yaml = s_catalog
            + Yaml.DestinationRule("b", "host: catalog\ntrafficPolicy: {loadBalancer: {simple: RANDOM}}\nsubsets: [{name: v1, labels: {version: x}}, {name: v2}]", created: "2024-01-02T00:00:00Z")
            + Yaml.DestinationRule("a", "host: catalog.default.svc.cluster.local\ntrafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}\nsubsets: [{name: v1, labels: {version: v1}}]", created: "2024-01-01T00:00:00Z");
        var lowered = Lowered.From(yaml);
        Assert.That(lowered.Cluster("catalog", 80).Policy.LoadBalancing.Algorithm, Is.EqualTo("ROUND_ROBIN"), "the first policy stays");
        Assert.That(lowered.Cluster("catalog", 80, "v1").Labels, Is.EqualTo(ModelMap.Of(("version", "v1"))));
        Assert.That(lowered.Cluster("catalog", 80, "v2"), Is.Not.Null);
    }

    [Test]
    public void A_rule_for_chosen_callers_goes_before_the_general_one()
    {
        var yaml = s_catalog
            + Yaml.DestinationRule("general", "host: catalog\ntrafficPolicy: {loadBalancer: {simple: RANDOM}}")
            + Yaml.DestinationRule("special", "host: catalog\nworkloadSelector: {matchLabels: {app: web}}\ntrafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}");
        var web = new LoweringOptions { Workload = new Workload { Labels = ModelMap.Of(("app", "web")) } };
        Assert.That(Lowered.From(yaml, web).Cluster("catalog", 80).Policy.LoadBalancing.Algorithm, Is.EqualTo("ROUND_ROBIN"));
        Assert.That(Lowered.From(yaml).Cluster("catalog", 80).Policy.LoadBalancing.Algorithm, Is.EqualTo("RANDOM"));
    }

    [Test]
    public void A_rule_that_is_not_exported_acts_only_at_home()
    {
        var yaml = Yaml.Service("catalog", "shop") + Yaml.DestinationRule("private", "host: catalog\nexportTo: ['.']\ntrafficPolicy: {loadBalancer: {simple: RANDOM}}", "shop");
        Assert.That(Lowered.From(yaml).Cluster("catalog.shop", 80).Policy, Is.EqualTo(ClusterPolicy.Default));
        var home = new LoweringOptions { Workload = new Workload { Namespace = "shop" } };
        Assert.That(Lowered.From(yaml, home).Cluster("catalog", 80).Policy.LoadBalancing.Algorithm, Is.EqualTo("RANDOM"));
    }
}
