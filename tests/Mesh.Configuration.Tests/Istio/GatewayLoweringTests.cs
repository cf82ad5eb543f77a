using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

/// <summary>Gateways with the VirtualServices that name them.</summary>
[TestFixture]
public class GatewayLoweringTests
{
    private static string Gateway(string servers, string @namespace = "infra") => Yaml.Document("Gateway", "edge", $"selector: {{istio: ingress}}\nservers:\n{servers}", @namespace);

    private const string Plain = "- port: {number: 80, name: http, protocol: HTTP}\n  hosts: ['*.shop.com']";

    private static string Route(string host) => $"http: [{{route: [{{destination: {{host: {host}}}}}]}}]";

    private static ListenerModel Listener(string yaml)
    {
        var lowered = Lowered.From(yaml);
        Assert.That(lowered.Errors, Is.Empty);
        return lowered.Model.Gateways.Single().Listeners[0];
    }

    private static string[] Hosts(ListenerModel listener) => [.. listener.VirtualHosts.SelectMany(static v => v.Hosts)];

    [Test]
    public void A_virtual_host_is_what_both_stand_for()
    {
        var listener = Listener(Gateway(Plain)
            + Yaml.VirtualService("a", "hosts: [a.shop.com, b.other.com]\ngateways: [infra/edge]\n" + Route("a"))
            + Yaml.VirtualService("b", "hosts: ['*.com']\ngateways: [infra/edge]\n" + Route("b")));

        Assert.That(Hosts(listener), Is.EquivalentTo(new[] { "a.shop.com", "*.shop.com" }));
    }

    [TestCase("[infra/edge]", "", ExpectedResult = 1)]
    [TestCase("[edge]", "", ExpectedResult = 0)]
    [TestCase("[mesh]", "", ExpectedResult = 0)]
    [TestCase("[infra/edge]", "exportTo: ['.']\n", ExpectedResult = 0)]
    [TestCase("[infra/edge]", "exportTo: [infra]\n", ExpectedResult = 1)]
    public int A_rule_is_bound_when_it_names_the_gateway_and_is_visible_to_it(string gateways, string export) =>
        Listener(Gateway(Plain) + Yaml.VirtualService("a", $"hosts: [a.shop.com]\ngateways: {gateways}\n{export}" + Route("a"))).VirtualHosts.Count;

    [TestCase("default/*.shop.com", ExpectedResult = 1)]
    [TestCase("other/*.shop.com", ExpectedResult = 0)]
    [TestCase("./*.shop.com", ExpectedResult = 0)]
    [TestCase("*/*.shop.com", ExpectedResult = 1)]
    public int A_host_may_be_kept_for_a_namespace(string host) =>
        Listener(Gateway(Plain.Replace("*.shop.com", host, StringComparison.Ordinal)) + Yaml.VirtualService("a", "hosts: [a.shop.com]\ngateways: [infra/edge]\n" + Route("a"))).VirtualHosts.Count;

    [Test]
    public void A_match_is_filtered_by_gateway_port_and_source()
    {
        var listener = Listener(Gateway(Plain) + Yaml.VirtualService("a", """
            hosts: [a.shop.com]
            gateways: [infra/edge, mesh]
            http:
            - match: [{uri: {prefix: /edge}, gateways: [infra/edge]}]
              route: [{destination: {host: a}}]
            - match: [{uri: {prefix: /mesh}, gateways: [mesh]}]
              route: [{destination: {host: a}}]
            - match: [{uri: {prefix: /port}, port: 81}]
              route: [{destination: {host: a}}]
            - match: [{uri: {prefix: /ns}, sourceNamespace: default}]
              route: [{destination: {host: a}}]
            - match: [{uri: {prefix: /own}, sourceNamespace: infra, sourceLabels: {istio: ingress}}]
              route: [{destination: {host: a}}]
            """));

        Assert.That(listener.VirtualHosts[0].Rules.Select(static r => r.Matches[0].Path!.Value), Is.EqualTo(new[] { "/edge", "/own" }));
    }

    [Test]
    public void Rules_of_several_documents_join_oldest_first_with_catch_alls_last()
    {
        var listener = Listener(Gateway(Plain)
            + Yaml.VirtualService("young", "hosts: [a.shop.com]\ngateways: [infra/edge]\nhttp: [{match: [{uri: {prefix: /young}}], route: [{destination: {host: young}}]}]", created: "2024-01-01T00:00:00Z")
            + Yaml.VirtualService("old", "hosts: [a.shop.com]\ngateways: [infra/edge]\nhttp: [{match: [{uri: {prefix: /old}}, {uri: {prefix: /}}], route: [{destination: {host: old}}]}]", created: "2020-01-01T00:00:00Z"));

        Assert.That(listener.VirtualHosts.Single().Rules.Select(static r => r.Matches[0].Path!.Value), Is.EqualTo(new[] { "/old", "/young", "/" }));
    }

    [Test]
    public void Listeners_carry_protocol_names_hosts_and_the_redirect()
    {
        var gateway = Lowered.From(Gateway("""
            - port: {number: 80, name: http, protocol: HTTP}
              hosts: ['*']
              tls: {httpsRedirect: true}
            - port: {number: 443, name: https, protocol: HTTPS}
              hosts: [Shop.com]
              tls: {mode: SIMPLE, credentialName: shop}
            - port: {number: 8443, name: tls, protocol: HTTPS}
              hosts: [raw.com]
              tls: {mode: PASSTHROUGH}
            - port: {number: 9000, name: tcp, protocol: TCP}
              hosts: ['*']
            """)).Model.Gateways.Single();

        Assert.That(gateway.Listeners.Select(static l => (l.Name, l.Port, l.Protocol)), Is.EqualTo(new[]
        {
            ("http", 80, ListenerProtocol.Http), ("https", 443, ListenerProtocol.Https), ("tls", 8443, ListenerProtocol.Tls), ("tcp", 9000, ListenerProtocol.Tcp),
        }));
        Assert.That(gateway.Listeners[0].RedirectsToHttps);
        Assert.That(gateway.Listeners[0].Hosts, Is.Empty);
        Assert.That(gateway.Listeners[1].Hosts, Is.EqualTo(new[] { "shop.com" }));
    }

    [Test]
    public void Clusters_that_only_a_gateway_names_are_there()
    {
        var lowered = Lowered.From(Gateway(Plain) + Yaml.Service("a") + Yaml.VirtualService("a", "hosts: [a.shop.com]\ngateways: [infra/edge]\n" + Route("a")));

        var rule = lowered.Model.Gateways[0].Listeners[0].VirtualHosts[0].Rules[0];
        Assert.That(((ForwardAction)rule.Action).Destinations[0].Cluster, Is.EqualTo(new ClusterKey("a.default.svc.cluster.local", 80)));
        Assert.That(lowered.Service("a").Rules, Is.Empty);
    }

    [Test]
    public void Gateways_of_a_root_keep_their_meaning_in_a_delegate_of_another_namespace()
    {
        var listener = Listener(Gateway(Plain, "default")
            + Yaml.VirtualService("root", "hosts: [a.shop.com]\ngateways: [edge]\nhttp: [{match: [{gateways: [edge]}], delegate: {name: leaf, namespace: team}}]")
            + Yaml.VirtualService("leaf", "http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}]", "team"));

        Assert.That(listener.VirtualHosts.Single().Rules.Single().Matches[0].Path!.Value, Is.EqualTo("/a"));
    }
}
