namespace Mesh.Configuration.Tests.GatewayApi.Status;

/// <summary>Routes below HTTP, which a mesh never loads and whose status is the one a controller would write.</summary>
public sealed class L4RouteStatusTests
{
    private const string Listeners = """
        {name: tls, port: 443, protocol: TLS, hostname: "*.example.com", tls: {mode: Passthrough}},
        {name: tcp, port: 9000, protocol: TCP}, {name: udp, port: 53, protocol: UDP}, {name: http, port: 80, protocol: HTTP}
        """;

    private static readonly string s_gateway = Statuses.Gateway(Listeners.ReplaceLineEndings(" "));

    [TestCase("TLSRoute", "tls")]
    [TestCase("TCPRoute", "tcp")]
    [TestCase("UDPRoute", "udp")]
    public void Each_kind_is_taken_by_the_listener_of_its_protocol(string kind, string listener)
    {
        var status = Statuses.Of(s_gateway, Route(kind));
        var listeners = status["Gateway", "edge"].Listeners;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status.OfRoute("Accepted", kind), status.OfRoute("ResolvedRefs", kind)), Is.EqualTo(("True Accepted", "True ResolvedRefs")));
            Assert.That(listeners.Where(static l => l.AttachedRoutes > 0).Select(static l => l.Name), Is.EqualTo(new[] { listener }));
            Assert.That(listeners.Single(l => l.Name == listener).SupportedKinds, Is.EqualTo(new[] { kind }));
            Assert.That((status.Listener(listener, "Accepted"), status.Listener(listener, "Programmed")), Is.EqualTo(("True Accepted", "True Programmed")));
        }
    }

    [TestCase("TLSRoute", "sectionName: http", "False NotAllowedByListeners")]
    [TestCase("TCPRoute", "sectionName: udp", "False NotAllowedByListeners")]
    [TestCase("UDPRoute", "port: 54", "False NoMatchingParent")]
    [TestCase("TLSRoute", "sectionName: none", "False NoMatchingParent")]
    public void A_listener_of_another_protocol_takes_none(string kind, string parent, string accepted) =>
        Assert.That(Statuses.Of(s_gateway, Route(kind, parent: parent)).OfRoute("Accepted", kind), Is.EqualTo(accepted));

    [TestCase("www.example.com", "True Accepted")]
    [TestCase("'*.com'", "True Accepted")]
    [TestCase("example.com", "False NoMatchingListenerHostname")]
    [TestCase("www.example.org", "False NoMatchingListenerHostname")]
    public void Server_names_have_to_meet(string hostname, string accepted) =>
        Assert.That(Statuses.Of(s_gateway, Route("TLSRoute", hostname)).OfRoute("Accepted", "TLSRoute"), Is.EqualTo(accepted));

    [TestCase("{name: nobody, port: 80}", "False BackendNotFound")]
    [TestCase("{name: catalog, kind: Bucket, group: store.example}", "False InvalidKind")]
    [TestCase("{name: catalog, namespace: other, port: 80}", "False RefNotPermitted")]
    public void Their_backends_are_judged_like_those_of_other_routes(string backend, string resolved)
    {
        var status = Statuses.Of(s_gateway, Route("UDPRoute", backend: backend));

        Assert.That((status.OfRoute("Accepted", "UDPRoute"), status.OfRoute("ResolvedRefs", "UDPRoute")), Is.EqualTo(("True Accepted", resolved)));
    }

    [TestCase("TCPRoute", "False RefNotPermitted")]
    [TestCase("UDPRoute", "True ResolvedRefs")]
    public void A_grant_names_the_kind_of_route(string kind, string resolved)
    {
        var grant = Documents.Text("ReferenceGrant", "g", "from: [{group: gateway.networking.k8s.io, kind: UDPRoute, namespace: default}]\nto: [{group: \"\", kind: Service}]", "other");

        Assert.That(Statuses.Of(s_gateway, Route(kind, backend: "{name: catalog, namespace: other, port: 80}"), grant).OfRoute("ResolvedRefs", kind), Is.EqualTo(resolved));
    }

    [Test]
    public void Several_routes_share_a_listener_of_bytes_and_all_are_accepted()
    {
        var status = Statuses.Of(s_gateway, Route("TCPRoute"), Route("TCPRoute", name: "younger"));

        Assert.That((status.OfRoute("Accepted", "TCPRoute"), status.OfRoute("Accepted", "TCPRoute", "younger")), Is.EqualTo(("True Accepted", "True Accepted")));
        Assert.That(status["Gateway", "edge"].Listeners.Single(static l => l.Name == "tcp").AttachedRoutes, Is.EqualTo(2));
    }

    [TestCase("TCPRoute", "TLSRoute", "False Conflicted")]
    [TestCase("TLSRoute", "TCPRoute", "True Accepted")]
    [TestCase("TLSRoute", "HTTPRoute", "False Conflicted")]
    [TestCase("UDPRoute", "HTTPRoute", "True Accepted")]
    public void On_a_service_the_kind_that_sees_more_has_the_port(string kind, string other, string accepted)
    {
        const string Service = "group: \"\", kind: Service, name: catalog";
        var status = Statuses.Of(Route(kind, parent: Service), Route(other, parent: Service, name: "other"));

        Assert.That(status.OfRoute("Accepted", kind), Is.EqualTo(accepted));
    }

    [Test]
    public void A_terminating_listener_needs_its_certificate()
    {
        var status = Statuses.Of(Statuses.Gateway("{name: tls, port: 443, protocol: TLS, tls: {mode: Terminate, certificateRefs: [{name: nobody}]}}"));

        Assert.That((status.Listener("tls", "Accepted"), status.Listener("tls", "ResolvedRefs"), status.Listener("tls", "Programmed")), Is.EqualTo(("True Accepted", "False InvalidCertificateRef", "False Invalid")));
    }

    private static string Route(string kind, string hostname = "www.example.com", string parent = "", string backend = "{name: catalog, port: 80}", string name = "bytes")
    {
        var reference = parent.Contains("name: ", StringComparison.Ordinal) ? parent : parent.Length > 0 ? $"name: edge, {parent}" : "name: edge";
        return Documents.Text(kind, name, $"parentRefs: [{{{reference}}}]\n{(kind == "TLSRoute" ? $"hostnames: [{hostname}]\n" : "")}rules: [{{backendRefs: [{backend}]}}]");
    }
}
