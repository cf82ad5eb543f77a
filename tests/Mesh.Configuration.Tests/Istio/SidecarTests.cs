using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

public class SidecarTests
{
    private static readonly string s_services = Yaml.Service("near") + Yaml.Service("far", "other") + Yaml.Service("hidden", "secret");

    [Test]
    public void Without_a_sidecar_everything_is_imported() => Assert.That(Lowered.From(s_services).Model.Services, Has.Count.EqualTo(3));

    [TestCase("['./*']", "near")]
    [TestCase("['other/*']", "far")]
    [TestCase("['*/*']", "far,hidden,near")]
    [TestCase("['~/*']", "")]
    [TestCase("['*/*', '~other/*']", "hidden,near")]
    [TestCase("['*/*', '~/near.default.svc.cluster.local']", "far,hidden")]
    [TestCase("['*/far.other.svc.cluster.local', './near.default.svc.cluster.local']", "far,near")]
    public void Egress_hosts_say_what_is_imported(string hosts, string expected)
    {
        var lowered = Lowered.From(s_services + Yaml.Document("Sidecar", "default", $"egress: [{{hosts: {hosts}}}]"));
        Assert.That(string.Join(',', lowered.Model.Services.Select(static s => s.Name.Split('.')[0]).Order()), Is.EqualTo(expected));
    }

    [Test]
    public void A_listener_with_a_port_imports_only_that_port()
    {
        var yaml = Yaml.Service("near", ports: "[{port: 80, name: a}, {port: 81, name: b}]") + Yaml.Document("Sidecar", "default", "egress: [{port: {number: 81, protocol: HTTP, name: x}, hosts: ['./*']}]");
        Assert.That(Lowered.From(yaml).Service("near").Ports.Single().Number, Is.EqualTo(81));
    }

    [Test]
    public void What_a_rule_sends_to_is_known_without_a_name_of_its_own()
    {
        var yaml = s_services
            + Yaml.Document("Sidecar", "default", "egress: [{hosts: ['./*']}]")
            + Yaml.VirtualService("near", "hosts: [near]\nhttp: [{route: [{destination: {host: far.other.svc.cluster.local}}]}]");
        var far = Lowered.From(yaml).Model.Services.Single(static s => s.Name.StartsWith("far", StringComparison.Ordinal));
        Assert.That(far.Hosts, Is.Empty);
        Assert.That(far.Clusters, Has.Count.EqualTo(1));
    }

    [TestCase("{}", OutboundTrafficPolicy.RegistryOnly)]
    [TestCase("{mode: REGISTRY_ONLY}", OutboundTrafficPolicy.RegistryOnly)]
    [TestCase("{mode: ALLOW_ANY}", OutboundTrafficPolicy.AllowAny)]
    public void A_policy_block_without_a_mode_is_registry_only(string policy, OutboundTrafficPolicy expected) =>
        Assert.That(Lowered.From(Yaml.Document("Sidecar", "default", $"outboundTrafficPolicy: {policy}")).Model.OutboundTrafficPolicy, Is.EqualTo(expected));

    [Test]
    public void The_sidecar_that_chooses_the_workload_goes_before_the_namespaces_and_the_roots()
    {
        var yaml = s_services
            + Yaml.Document("Sidecar", "root", "egress: [{hosts: ['~/*']}]", "istio-system")
            + Yaml.Document("Sidecar", "namespace", "egress: [{hosts: ['./*']}]")
            + Yaml.Document("Sidecar", "web", "workloadSelector: {labels: {app: web}}\negress: [{hosts: ['*/*']}]");
        var web = new LoweringOptions { Workload = new Workload { Labels = ModelMap.Of(("app", "web")) } };
        var elsewhere = new LoweringOptions { Workload = new Workload { Namespace = "elsewhere" } };
        Assert.That(Lowered.From(yaml, web).Model.Services, Has.Count.EqualTo(3));
        Assert.That(Lowered.From(yaml).Model.Services, Has.Count.EqualTo(1));
        Assert.That(Lowered.From(yaml, elsewhere).Model.Services, Is.Empty);
    }
}
