using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

public class RegistryTests
{
    [TestCase("{port: 80}", PortProtocol.Http)]
    [TestCase("{port: 80, name: http2-api}", PortProtocol.Http2)]
    [TestCase("{port: 80, name: grpc}", PortProtocol.Grpc)]
    [TestCase("{port: 80, name: https-x}", PortProtocol.Https)]
    [TestCase("{port: 80, name: tcp-x}", PortProtocol.Tcp)]
    [TestCase("{port: 80, name: tcp-x, appProtocol: kubernetes.io/h2c}", PortProtocol.Http2)]
    [TestCase("{port: 80, name: grpc-web}", PortProtocol.Http)]
    public void The_protocol_of_a_port_is_its_appProtocol_or_the_prefix_of_its_name(string port, PortProtocol expected) =>
        Assert.That(Lowered.From(Yaml.Service("a", ports: $"[{port}]")).Service("a").Ports.Single().Protocol, Is.EqualTo(expected));

    [Test]
    public void A_named_target_port_is_looked_up_in_the_deployment()
    {
        var yaml = Yaml.Service("a", ports: "[{port: 80, targetPort: web}]") + Yaml.Document("Deployment", "a", """
            template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i, ports: [{name: web, containerPort: 8080}]}]}}
            """);
        Assert.That(Lowered.From(yaml).Service("a").Ports.Single().TargetPort, Is.EqualTo(8080));
    }

    [Test]
    public void The_selector_of_a_service_chooses_workload_entries_of_its_namespace()
    {
        var yaml = Yaml.Service("a", ports: "[{port: 80, name: http, targetPort: 8080}]")
            + Yaml.Document("WorkloadEntry", "a1", "address: 10.0.0.1\nlabels: {app: a, version: v1}\nlocality: eu/eu-1\nweight: 3\nserviceAccount: a")
            + Yaml.Document("WorkloadEntry", "a2", "address: 10.0.0.2\nlabels: {app: a}\nports: {http: 9000}")
            + Yaml.Document("WorkloadEntry", "b", "address: 10.0.0.3\nlabels: {app: b}")
            + Yaml.Document("WorkloadEntry", "far", "address: 10.0.0.4\nlabels: {app: a}", "other");
        var service = Lowered.From(yaml).Service("a");
        Assert.That(service.Resolution, Is.EqualTo(EndpointResolution.Static));
        Assert.That(service.Endpoints, Is.EqualTo(new[]
        {
            new MeshEndpoint { Address = "10.0.0.1", Labels = ModelMap.Of(("app", "a"), ("version", "v1")), Locality = new Locality("eu", "eu-1"), Weight = 3, ServiceAccount = "a", InstanceName = "a1" },
            new MeshEndpoint { Address = "10.0.0.2", Labels = ModelMap.Of(("app", "a")), PortsByName = ModelMap.Of(("http", 9000)), InstanceName = "a2" },
        }));
        Assert.That(service.Endpoints.Select(e => e.ResolvePort(service.Ports[0], 80)), Is.EqualTo(new[] { 8080, 9000 }));
    }

    [TestCase("resolution: STATIC\nendpoints: [{address: 1.2.3.4}]", EndpointResolution.Static, 1)]
    [TestCase("resolution: DNS", EndpointResolution.Dns, 0)]
    [TestCase("resolution: DNS\nendpoints: [{address: a.example.com}]", EndpointResolution.Dns, 1)]
    [TestCase("resolution: NONE", EndpointResolution.PassThrough, 0)]
    [TestCase("location: MESH_EXTERNAL", EndpointResolution.PassThrough, 0)]
    public void A_service_entry_says_where_its_endpoints_come_from(string spec, EndpointResolution resolution, int endpoints)
    {
        var service = Lowered.From(Yaml.Document("ServiceEntry", "x", $"hosts: [x.example.com]\nports: [{{number: 443, name: https, protocol: HTTPS, targetPort: 8443}}]\n{spec}")).Service("x.example.com");
        Assert.That(service.Resolution, Is.EqualTo(resolution));
        Assert.That(service.Endpoints, Has.Count.EqualTo(endpoints));
        Assert.That(service.Ports.Single(), Is.EqualTo(new ServicePort(443, "https", PortProtocol.Https, 8443)));
        Assert.That(service.Clusters.Single().Key.ToString(), Is.EqualTo("outbound|443||x.example.com"));
    }

    [Test]
    public void Each_host_of_a_service_entry_is_a_service_and_selectors_choose_workloads()
    {
        var lowered = Lowered.From(
            Yaml.Document("ServiceEntry", "x", "hosts: [x.example.com, '*.wild.com']\nresolution: STATIC\nports: [{number: 80, name: http, protocol: HTTP}]\nworkloadSelector: {labels: {app: x}}")
            + Yaml.Document("WorkloadEntry", "w", "address: 10.1.1.1\nlabels: {app: x}"));
        Assert.That(lowered.Service("x.example.com").Endpoints.Single().Address, Is.EqualTo("10.1.1.1"));
        Assert.That(lowered.Service("*.wild.com").Endpoints, Has.Count.EqualTo(1));
    }

    [Test]
    public void Two_entries_of_one_namespace_for_one_host_are_one_service_and_the_own_namespace_goes_first()
    {
        var lowered = Lowered.From(
            Yaml.Document("ServiceEntry", "a", "hosts: [x.com]\nresolution: STATIC\nports: [{number: 80, name: http}]\nendpoints: [{address: 9.9.9.9}]", "another")
            + Yaml.Document("ServiceEntry", "b", "hosts: [x.com]\nresolution: STATIC\nports: [{number: 80, name: http}]\nendpoints: [{address: 1.1.1.1}]")
            + Yaml.Document("ServiceEntry", "c", "hosts: [x.com]\nresolution: STATIC\nports: [{number: 81, name: http2}]\nendpoints: [{address: 2.2.2.2}]"));
        var service = lowered.Model.Services.Single();
        Assert.That(service.Endpoints.Select(static e => e.Address), Is.EqualTo(new[] { "1.1.1.1", "2.2.2.2" }));
        Assert.That(service.Ports.Select(static p => p.Number), Is.EqualTo(new[] { 80, 81 }));
    }

    [Test]
    public void A_name_of_the_Services_section_is_a_service_of_the_own_namespace()
    {
        var service = Lowered.From("", null, "catalog").Service("catalog");
        Assert.That(service.Name, Is.EqualTo("catalog.default.svc.cluster.local"));
        Assert.That(service.Resolution, Is.EqualTo(EndpointResolution.Discovery));
        Assert.That(service.DiscoveryName, Is.EqualTo("catalog"));
        Assert.That(service.FallThrough, Is.True);
        Assert.That(service.Clusters.Single().Key.Port, Is.Zero);
    }

    [Test]
    public void A_Service_document_and_the_section_are_one_service()
    {
        var service = Lowered.From(Yaml.Service("catalog"), null, "catalog").Model.Services.Single();
        Assert.That(service.Ports.Single().Number, Is.EqualTo(80));
        Assert.That(service.DiscoveryName, Is.EqualTo("catalog"));
    }

    [Test]
    public void A_port_that_a_rule_states_has_a_cluster_also_when_the_service_declares_none()
    {
        var lowered = Lowered.From(
            Yaml.Rule("route: [{destination: {host: catalog, port: {number: 8080}, subset: v1}}]") + Yaml.DestinationRule("catalog", "host: catalog\nsubsets: [{name: v1}]"), null, "catalog");
        Assert.That(lowered.Forward("catalog").Destinations.Single().Cluster, Is.EqualTo(lowered.Cluster("catalog", 8080, "v1").Key));
    }
}
