using Mesh.Configuration.GatewayApi;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Lowering;
using Mesh.Model;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>Routes on Gateways: who may attach where, and who answers for which host.</summary>
public sealed class GatewayRouteTests
{
    private static readonly string s_services = Routed.Services("default", "a", "b", "c") + Routed.Services("team", "a");

    [TestCase("", "", "http://any/", "a")]
    [TestCase("x.org", "", "http://x.org/", "a")]
    [TestCase("x.org", "", "http://y.org/", "404")]
    [TestCase("", "x.org", "http://x.org/", "a")]
    [TestCase("", "x.org", "http://y.org/", "404")]
    [TestCase("'*.x.org'", "www.x.org", "http://www.x.org/", "a")]
    [TestCase("'*.x.org'", "www.x.org", "http://other.x.org/", "404")]
    [TestCase("'*.x.org'", "'*.www.x.org'", "http://a.b.www.x.org/", "a")]
    [TestCase("'*.x.org'", "'*.org'", "http://a.x.org/", "a")]
    [TestCase("'*.x.org'", "'*.org'", "http://a.y.org/", "404")]
    [TestCase("'*.x.org'", "'*.x.org'", "http://x.org/", "404")]
    public void Only_hosts_in_common_are_answered(string listener, string route, string url, string answer)
    {
        var mesh = Routed.By(s_services + Gateway($"{{name: http, port: 80, protocol: HTTP{(listener.Length > 0 ? $", hostname: {listener}" : "")}}}") + Routed.OnGateway("r", Routed.To("a"), route));

        Assert.That(mesh.Answer(url, gateway: "edge"), Is.EqualTo(answer));
    }

    [Test]
    public void Less_specific_hosts_take_over_where_the_more_specific_have_no_matching_rule()
    {
        var mesh = Routed.By(s_services + Gateway("{name: http, port: 80, protocol: HTTP}")
            + Routed.OnGateway("any", Routed.To("a", "{path: {type: Exact, value: /x}}") + "\n" + Routed.To("a"))
            + Routed.OnGateway("wild", Routed.To("b", "{path: {value: /b}}"), "'*.org'")
            + Routed.OnGateway("exact", Routed.To("c", "{path: {value: /c}}") + "\n" + Routed.To("c", "{path: {value: /x}}"), "x.org"));

        Assert.That(mesh.Answer("http://x.org/c", gateway: "edge"), Is.EqualTo("c"));
        Assert.That(mesh.Answer("http://x.org/x", gateway: "edge"), Is.EqualTo("c"), "the host counts before the path");
        Assert.That(mesh.Answer("http://x.org/b", gateway: "edge"), Is.EqualTo("b"));
        Assert.That(mesh.Answer("http://x.org/d", gateway: "edge"), Is.EqualTo("a"));
        Assert.That(mesh.Answer("http://y.org/c", gateway: "edge"), Is.EqualTo("a"));
    }

    [TestCase("'*.org'", "'*.x.org'")]
    [TestCase("'*.a.x.org'", "b.org, b.a.x.org")]
    [TestCase("", "'*.org'")]
    public void The_more_specific_host_goes_before_the_longer_path(string weaker, string stronger)
    {
        var mesh = Routed.By(s_services + Gateway("{name: http, port: 80, protocol: HTTP}")
            + Routed.OnGateway("first", Routed.To("a", "{path: {type: Exact, value: /x/y}}"), weaker)
            + Routed.OnGateway("second", Routed.To("b", "{path: {value: /}}"), stronger));

        Assert.That(mesh.Answer("http://b.a.x.org/x/y", gateway: "edge"), Is.EqualTo("b"));
    }

    [Test]
    public void Of_a_routes_own_hosts_the_most_specific_counts()
    {
        var mesh = Routed.By(s_services + Gateway("{name: http, port: 80, protocol: HTTP}")
            + Routed.OnGateway("first", Routed.To("a", "{path: {value: /}}"), "'*.org', x.org")
            + Routed.OnGateway("second", Routed.To("b", "{path: {value: /x}}"), "'*.org'"));

        Assert.That((mesh.Answer("http://x.org/x", gateway: "edge"), mesh.Answer("http://y.org/x", gateway: "edge")), Is.EqualTo(("a", "b")));
    }

    [TestCase("defaultScope: All", "useDefaultGateways: All", "a")]
    [TestCase("defaultScope: None", "useDefaultGateways: All", "404")]
    [TestCase("", "useDefaultGateways: All", "404")]
    [TestCase("defaultScope: All", "useDefaultGateways: None", "404")]
    public void A_default_gateway_takes_routes_that_ask_for_it(string gateway, string route, string answer)
    {
        var mesh = Routed.By(s_services
            + Documents.Text("Gateway", "edge", $"gatewayClassName: mesh\n{gateway}\nlisteners: [{{name: http, port: 80, protocol: HTTP}}]")
            + Documents.Text("HTTPRoute", "r", $"{route}\nrules: [{{backendRefs: [{{name: a, port: 80}}]}}]"));

        Assert.That(mesh.Answer("http://any/", gateway: "edge"), Is.EqualTo(answer));
    }

    [Test]
    public void A_default_gateway_that_is_named_is_one_parent_not_two()
    {
        var table = Table(s_services
            + Documents.Text("Gateway", "edge", "gatewayClassName: mesh\ndefaultScope: All\nlisteners: [{name: http, port: 80, protocol: HTTP}]")
            + Documents.Text("HTTPRoute", "r", "useDefaultGateways: All\nparentRefs: [{name: edge}]\nrules: [{backendRefs: [{name: a, port: 80}]}]"));

        Assert.That(table.Routes.Single().Parents, Has.Count.EqualTo(1));
    }

    [Test]
    public void Listeners_of_a_set_answer_like_the_gateways_own_where_it_allows_them()
    {
        var set = Documents.Text("ListenerSet", "more", "parentRef: {name: edge}\nlisteners: [{name: more, port: 80, protocol: HTTP, hostname: x.org}, {name: http, port: 80, protocol: HTTP}]");
        var rest = s_services + set + Routed.OnGateway("gateway", Routed.To("a")) + Routed.OnGateway("set", Routed.To("b"), parent: "kind: ListenerSet, name: more");
        var closed = Routed.By(rest + Gateway("{name: http, port: 80, protocol: HTTP}"));
        var open = Routed.By(rest + Gateway("{name: http, port: 80, protocol: HTTP}").Replace("spec:", "spec:\n  allowedListeners: {namespaces: {from: Same}}", StringComparison.Ordinal));

        Assert.That((closed.Answer("http://x.org/", gateway: "edge"), closed.Answer("http://y.org/", gateway: "edge")), Is.EqualTo(("a", "a")));
        Assert.That((open.Answer("http://x.org/", gateway: "edge"), open.Answer("http://y.org/", gateway: "edge")), Is.EqualTo(("b", "a")));
    }

    [TestCase("name: edge, sectionName: http", true, AcceptedReason.Accepted)]
    [TestCase("name: edge, sectionName: other", false, AcceptedReason.NoMatchingParent)]
    [TestCase("name: edge, port: 81", false, AcceptedReason.NoMatchingParent)]
    [TestCase("name: edge, sectionName: http, port: 81", false, AcceptedReason.NoMatchingParent)]
    [TestCase("name: closed", false, AcceptedReason.NotAllowedByListeners)]
    [TestCase("name: team-a", true, AcceptedReason.Accepted)]
    [TestCase("name: grpc-only", false, AcceptedReason.NotAllowedByListeners)]
    [TestCase("name: hosts", false, AcceptedReason.NoMatchingListenerHostname)]
    public void A_refused_route_has_the_reason_of_its_condition(string parent, bool accepted, string reason)
    {
        var table = Table(s_services
            + Gateway("{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}")
            + Gateway("{name: http, port: 80, protocol: HTTP}", "closed")
            + Gateway("{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}}", "team-a")
            + Gateway("{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}}", "grpc-only")
            + Gateway("{name: http, port: 80, protocol: HTTP, hostname: other.org, allowedRoutes: {namespaces: {from: All}}}", "hosts")
            + "apiVersion: v1\nkind: Namespace\nmetadata: {name: team, labels: {team: a}}\n---\n"
            + Routed.OnGateway("r", Routed.To("a"), "x.org", "team", parent + ", namespace: default"));

        var attached = table.Routes.Single().Parents.Single();
        Assert.That((attached.IsAccepted, attached.Reason), Is.EqualTo((accepted, reason)));
        Assert.That(attached.Listeners, accepted ? Is.EqualTo(new[] { "http" }) : Is.Empty);
    }

    [Test]
    public void Across_namespaces_a_backend_needs_a_grant()
    {
        const string Rules = "- {backendRefs: [{name: a, namespace: team, port: 80}]}";
        var routed = s_services + Gateway("{name: http, port: 80, protocol: HTTP}") + Routed.OnGateway("r", Rules);
        string Grant(string from, string to) => Documents.Text("ReferenceGrant", "grant", $"from: [{from}]\nto: [{to}]", "team");

        Assert.That(Routed.By(routed).Answer("http://x/", gateway: "edge"), Is.EqualTo("500"));
        Assert.That(Routed.By(routed + Grant("{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}", "{group: \"\", kind: Service}")).Answer("http://x/", gateway: "edge"), Is.EqualTo("a"));
        Assert.That(Routed.By(routed + Grant("{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}", "{group: \"\", kind: Service, name: b}")).Answer("http://x/", gateway: "edge"), Is.EqualTo("500"));
        Assert.That(Routed.By(routed + Grant("{group: gateway.networking.k8s.io, kind: GRPCRoute, namespace: default}", "{group: \"\", kind: Service}")).Answer("http://x/", gateway: "edge"), Is.EqualTo("500"));
        Assert.That(Routed.By(routed + Grant("{group: \"\", kind: HTTPRoute, namespace: default}", "{group: \"\", kind: Service}")).Answer("http://x/", gateway: "edge"), Is.EqualTo("500"));
    }

    [TestCase("{name: a, port: 80}", null)]
    [TestCase("{name: nobody, port: 80}", "BackendNotFound")]
    [TestCase("{name: a, port: 81}", "BackendNotFound")]
    [TestCase("{name: nobody, namespace: team, port: 80}", "RefNotPermitted")]
    [TestCase("{group: example.com, kind: Bucket, name: a}", "InvalidKind")]
    public void What_a_reference_lacks_is_kept_for_conditions(string reference, string? reason)
    {
        var attached = Table(s_services + Gateway("{name: http, port: 80, protocol: HTTP}") + Routed.OnGateway("r", $"- {{backendRefs: [{reference}]}}")).Routes.Single().Parents.Single();

        Assert.That(attached.IsAccepted, Is.True);
        Assert.That(attached.Unresolved.Select(static u => (u.Path, u.Reason)), reason is null ? Is.Empty : Is.EqualTo(new[] { ("spec.rules[0].backendRefs[0]", reason) }));
    }

    [Test]
    public void Routes_of_both_kinds_do_not_share_a_host()
    {
        var table = Table(s_services + Gateway("{name: http, port: 80, protocol: HTTP}")
            + Routed.OnGateway("b", Routed.To("a"), "x.org") + Routed.OnGateway("a", Routed.To("b"), "'*.org'", kind: "GRPCRoute") + Routed.OnGateway("c", Routed.To("c"), "y.com"));

        Assert.That(table.Routes.Select(static r => (r.Route.Name, r.Parents[0].Reason)), Is.EqualTo(new[] { ("a", "Accepted"), ("b", "Conflicted"), ("c", "Accepted") }));
    }

    [Test]
    public void Listeners_in_conflict_all_lose()
    {
        var mesh = Routed.By(s_services + Gateway("{name: one, port: 80, protocol: HTTPS, hostname: y.org}, {name: two, port: 80, protocol: TLS, hostname: y.org, tls: {certificateRefs: [{name: c}]}}, {name: ok, port: 81, protocol: HTTP}, {name: bad, port: 82, protocol: HTTP}, {name: mixed, port: 82, protocol: HTTPS, hostname: x.org}") + Routed.OnGateway("r", Routed.To("a")));

        Assert.That(mesh.Snapshot.Model.Gateways.Single().Listeners.Select(static l => l.Name), Is.EqualTo(new[] { "ok" }));
    }

    [TestCase("hostname: other.org", "http://x:8080/p?q=1", "http://other.org:8080/p?q=1")]
    [TestCase("scheme: https", "http://x:8080/p", "https://x/p")]
    [TestCase("port: 8443, scheme: https", "http://x:8080/p", "https://x:8443/p")]
    [TestCase("path: {type: ReplaceFullPath, replaceFullPath: /new}", "http://x:8080/p", "http://x:8080/new")]
    public void A_redirect_takes_its_port_from_the_scheme_or_the_listener(string redirect, string url, string location)
    {
        var mesh = Routed.By(s_services + Gateway("{name: http, port: 8080, protocol: HTTP}") + Routed.OnGateway("r", $"- {{filters: [{{type: RequestRedirect, requestRedirect: {{{redirect}}}}}]}}"));

        Assert.That(mesh.Ask(url, gateway: "edge").Redirect!.Location, Is.EqualTo(location));
    }

    [Test]
    public void A_policy_gives_a_service_TLS_and_the_one_for_a_port_wins()
    {
        var model = Routed.By(Routed.Services("default", "a") + """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ca}
            data: {ca.crt: "-----BEGIN CERTIFICATE-----"}
            ---
            """
            + "\n" + Documents.Text("BackendTLSPolicy", "all", "targetRefs: [{group: \"\", kind: Service, name: a}]\nvalidation: {hostname: a.example, wellKnownCACertificates: System}")
            + Documents.Text("BackendTLSPolicy", "one", "targetRefs: [{group: \"\", kind: Service, name: a, sectionName: alt}]\nvalidation: {hostname: b.example, caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}], subjectAltNames: [{type: URI, uri: 'spiffe://x/y'}]}")).Snapshot.Model;
        ClientTls Tls(int port) => model.Services.Single().Clusters.Single(c => c.Key.Port == port).Policy.Tls!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Tls(80), Is.EqualTo(new ClientTls { Mode = ClientTlsMode.Simple, Sni = "a.example" }));
            Assert.That(Tls(8080).Sni, Is.EqualTo("b.example"));
            Assert.That(Tls(8080).SubjectAltNames, Is.EqualTo(new[] { "spiffe://x/y" }));
            Assert.That(Tls(8080).CaCertificatesPem, Does.StartWith("-----BEGIN CERTIFICATE-----"));
        }
    }

    [Test]
    public void Of_policies_the_first_acts_and_a_DestinationRule_that_speaks_of_TLS_goes_before()
    {
        const string Policy = "targetRefs: [{group: \"\", kind: Service, name: a}]\nvalidation: {wellKnownCACertificates: System, hostname: ";
        const string Rule = "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a}\nspec: {host: a, trafficPolicy: {tls: {mode: SIMPLE, sni: rule.example}}}\n---\n";
        var policies = Documents.Text("BackendTLSPolicy", "b", Policy + "late.example}") + Documents.Text("BackendTLSPolicy", "a", Policy + "first.example}");
        string? Sni(string yaml) => Routed.By(Routed.Services("default", "a") + yaml).Snapshot.Model.Services.Single().Clusters.First(static c => c.Policy.Tls is not null).Policy.Tls!.Sni;

        Assert.That((Sni(policies), Sni(policies + Rule)), Is.EqualTo(("first.example", "rule.example")));
    }

    [Test]
    public void With_no_certificate_left_nobody_is_trusted()
    {
        var mesh = Routed.By(Routed.Services("default", "a") + Documents.Text("BackendTLSPolicy", "all", "targetRefs: [{group: \"\", kind: Service, name: a}]\nvalidation: {hostname: a.example, caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}]}"));

        Assert.That(mesh.Snapshot.Model.Services.Single().Clusters[0].Policy.Tls!.CaCertificatesPem, Is.Empty);
        Assert.That(mesh.Warnings, Has.All.Contains("no ConfigMap default/ca"));
    }

    [TestCase("https://x.org", "https://x.org", true)]
    [TestCase("https://x.org:443", "https://x.org", true)]
    [TestCase("https://*.x.org", "https://a.b.x.org", true)]
    [TestCase("https://*.x.org", "https://x.org", false)]
    [TestCase("https://*.x.org", "http://a.x.org", false)]
    [TestCase("https://*.x.org", "https://a.x.org:8443", false)]
    public void Origins_are_compared_as_browsers_write_them(string allowed, string origin, bool matches)
    {
        var policy = Configuration.GatewayApi.CorsLowering.Lower(new HTTPCORSFilterSpec { AllowOrigins = [allowed] }).AllowOrigins.Single();

        Assert.That(
            policy.Kind == MatchKind.Exact ? policy.Value == origin : System.Text.RegularExpressions.Regex.IsMatch(origin, $"^(?:{policy.Value})$"),
            Is.EqualTo(matches));
    }

    private static string Gateway(string listeners, string name = "edge") => Documents.Text("Gateway", name, $"gatewayClassName: mesh\nlisteners: [{listeners}]");

    private static AttachmentTable Table(string yaml)
    {
        var read = Documents.Read(yaml);
        Assert.That(read.Errors, Is.Empty);
        return AttachmentTable.Build(GatewayDocuments.Of(read.All), RegistryBuilder.Build(DocumentSet.Of(read.All), Workload.Default, MeshConfigSpec.Default));
    }
}
