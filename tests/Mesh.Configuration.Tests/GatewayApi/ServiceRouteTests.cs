namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>Routes on Services: whose callers they route, on which ports, and what beats what.</summary>
public sealed class ServiceRouteTests
{
    private static readonly string s_services = Routed.Services("default", "shop", "a", "b", "c");

    [Test]
    public void A_route_replaces_the_service_itself()
    {
        var mesh = Routed.By(s_services + Routed.OnService("r", Routed.To("a", "{path: {value: /a}}")));

        Assert.That(mesh.Answer("http://shop/a"), Is.EqualTo("a"));
        Assert.That(mesh.Answer("http://shop/b"), Is.EqualTo("404"));
        Assert.That(mesh.Answer("http://a/b"), Is.EqualTo("a"), "a service without routes is as before");
    }

    [TestCase("port: 80", "a", "shop")]
    [TestCase("port: 8080", "shop", "a")]
    [TestCase("sectionName: alt", "shop", "a")]
    [TestCase("", "a", "a")]
    public void A_parent_may_be_one_port(string parent, string on80, string on8080)
    {
        var mesh = Routed.By(s_services + Routed.OnService("r", Routed.To("a"), parent: parent));

        Assert.That(mesh.Answer("http://shop/"), Is.EqualTo(on80));
        Assert.That(mesh.Answer("http://shop:8080/"), Is.EqualTo(on8080));
    }

    [Test]
    public void Routes_of_one_service_are_merged_by_precedence_port_by_port()
    {
        var mesh = Routed.By(s_services
            + Routed.OnService("r1", Routed.To("a"))
            + Routed.OnService("r2", Routed.To("b", "{path: {value: /b}}"), parent: "port: 8080"));

        Assert.That(mesh.Answer("http://shop/b"), Is.EqualTo("a"));
        Assert.That(mesh.Answer("http://shop:8080/b"), Is.EqualTo("b"));
        Assert.That(mesh.Answer("http://shop:8080/c"), Is.EqualTo("a"));
    }

    [Test]
    public void A_consumer_route_is_for_callers_of_its_namespace_and_replaces_the_producers()
    {
        var yaml = s_services + Routed.Services("team", "own")
            + Routed.OnService("producer", Routed.To("a"))
            + Documents.Text("HTTPRoute", "consumer", "parentRefs: [{group: \"\", kind: Service, name: shop, namespace: default}]\nrules:\n" + Routed.To("own", "{path: {value: /own}}"), "team");

        Assert.That(Routed.By(yaml).Answer("http://shop/own"), Is.EqualTo("a"));
        Assert.That(Routed.By(yaml, "team").Answer("http://shop.default/own"), Is.EqualTo("own"), "no grant is needed in the mesh");
        Assert.That(Routed.By(yaml, "team").Answer("http://shop.default/else"), Is.EqualTo("404"), "producer routes are not merged in");
        Assert.That(Routed.By(yaml, "other").Answer("http://shop.default/own"), Is.EqualTo("a"));
    }

    [Test]
    public void A_GRPCRoute_beats_an_HTTPRoute_on_the_same_port()
    {
        var mesh = Routed.By(s_services
            + Routed.OnService("http", Routed.To("a"))
            + Routed.OnService("grpc", Routed.To("b"), kind: "GRPCRoute", parent: "port: 8080"));

        Assert.That(mesh.Answer("http://shop:8080/x.Y/Z"), Is.EqualTo("b"));
        Assert.That(mesh.Answer("http://shop/x.Y/Z"), Is.EqualTo("a"), "the other port stays the HTTPRoute's");
        Assert.That(mesh.Warnings, Is.Empty);
    }

    [Test]
    public void Where_a_GRPCRoute_is_no_rule_of_an_HTTPRoute_is_left()
    {
        var mesh = Routed.By(s_services
            + Routed.OnService("http", Routed.To("a"))
            + Routed.OnService("grpc", Routed.To("b", "{method: {service: x.Y}}"), kind: "GRPCRoute", parent: "port: 8080"));

        Assert.That(mesh.Answer("http://shop:8080/x.Y/Z"), Is.EqualTo("b"));
        Assert.That(mesh.Answer("http://shop:8080/other"), Is.EqualTo("404"));
    }

    [Test]
    public void A_GRPCRoute_for_its_own_namespace_takes_nothing_from_others()
    {
        var yaml = s_services
            + Routed.OnService("http", Routed.To("a"))
            + Documents.Text("GRPCRoute", "grpc", "parentRefs: [{group: \"\", kind: Service, name: shop, namespace: default}]\nrules: [{backendRefs: [{name: b, namespace: default, port: 80}]}]", "team");

        Assert.That((Routed.By(yaml).Answer("http://shop/"), Routed.By(yaml, "team").Answer("http://shop.default/")), Is.EqualTo(("a", "b")));
    }

    [Test]
    public void A_route_that_loses_every_port_says_so()
    {
        var mesh = Routed.By(s_services + Routed.OnService("http", Routed.To("a")) + Routed.OnService("grpc", Routed.To("b"), kind: "GRPCRoute"));

        Assert.That(mesh.Warnings.Single(), Does.Contain("Conflicted"));
    }

    [Test]
    public void Only_one_level_of_routes_is_followed()
    {
        var mesh = Routed.By(s_services + Routed.OnService("r1", Routed.To("a")) + Routed.OnService("r2", Routed.To("b"), service: "a"));

        Assert.That(mesh.Answer("http://shop/"), Is.EqualTo("a"));
    }

    [Test]
    public void A_VirtualService_goes_before_routes_and_a_warning_says_so()
    {
        var mesh = Routed.By(s_services + Routed.OnService("r", Routed.To("a")) + """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: shop}
            spec: {hosts: [shop], http: [{route: [{destination: {host: b, port: {number: 80}}}]}]}
            """);

        Assert.That(mesh.Answer("http://shop/"), Is.EqualTo("b"));
        Assert.That(mesh.Warnings.Single(), Does.Contain("VirtualService default/shop routes it"));
    }

    [TestCase("{kind: Service, name: shop}", "group: \"\" spelled out")]
    [TestCase("{group: \"\", kind: Service, name: nobody}", "no Service default/nobody")]
    [TestCase("{group: \"\", kind: Service, name: shop, port: 9}", "no port of that sectionName and port")]
    [TestCase("{group: \"\", kind: Service, name: shop, sectionName: http, port: 8080}", "no port of that sectionName and port")]
    [TestCase("{name: nowhere}", "no Gateway default/nowhere")]
    public void A_parent_that_is_none_is_warned_of(string parent, string message)
    {
        var mesh = Routed.By(s_services + Documents.Text("HTTPRoute", "r", $"parentRefs: [{parent}]\nrules:\n{Routed.To("a")}"));

        Assert.That(mesh.Warnings.Single(), Does.Contain(message));
    }

    [Test]
    public void A_service_of_the_registry_needs_no_Service_document()
    {
        var mesh = Routed.By(Routed.Services("default", "a") + Routed.OnService("r", Routed.To("a")) + """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: shop}
            spec: {hosts: [shop.default.svc.cluster.local], ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC}
            """);

        Assert.That(mesh.Answer("http://shop/"), Is.EqualTo("a"));
    }

    [Test]
    public void A_service_without_selector_has_the_endpoints_of_its_slices()
    {
        var mesh = Routed.By("""
            apiVersion: v1
            kind: Service
            metadata: {name: manual}
            spec: {ports: [{name: http, port: 80, targetPort: 3000}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: manual-1, labels: {kubernetes.io/service-name: manual}}
            addressType: IPv4
            ports: [{name: http, port: 3000}]
            endpoints:
            - {addresses: [10.0.0.1], conditions: {ready: true}}
            - {addresses: [10.0.0.2], conditions: {ready: false}}
            """);

        Assert.That(mesh.Ask("http://manual/").Destinations.Single().Endpoints, Is.EqualTo(new[] { "10.0.0.1:3000" }));
    }
}
