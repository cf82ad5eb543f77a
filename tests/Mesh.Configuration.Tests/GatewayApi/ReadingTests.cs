using Mesh.Configuration.GatewayApi;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Tests.GatewayApi;

public sealed class ReadingTests
{
    [Test]
    public void A_route_without_rules_has_one_that_matches_every_path()
    {
        var route = Documents.Spec<HTTPRouteSpec>("HTTPRoute", "parentRefs: [{name: gateway}]");

        Assert.That(route.Rules.Single().Matches.Single().Path, Is.EqualTo(new HTTPPathMatchSpec { Type = PathMatchType.PathPrefix, Value = "/" }));
    }

    [Test]
    public void Defaults_of_the_schema_apply_to_files()
    {
        var route = Documents.Spec<HTTPRouteSpec>(
            "HTTPRoute",
            """
            parentRefs: [{name: gateway}, {group: "", kind: Service, name: catalog}]
            rules:
            - matches: [{headers: [{name: a, value: b}], queryParams: [{name: q, value: x}]}]
              backendRefs: [{name: catalog, port: 80}]
            - filters:
              - {type: RequestRedirect, requestRedirect: {hostname: example.com}}
              - {type: RequestMirror, requestMirror: {backendRef: {name: catalog, port: 80}, fraction: {numerator: 7}}}
              - {type: CORS, cors: {allowOrigins: ["*"]}}
              sessionPersistence: {cookie: {name: s}}
            """);

        var first = route.Rules[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((route.ParentRefs[0].Group, route.ParentRefs[0].Kind), Is.EqualTo(("gateway.networking.k8s.io", "Gateway")));
            Assert.That((route.ParentRefs[1].Group, route.ParentRefs[1].Kind), Is.EqualTo(("", "Service")));
            Assert.That(first.Matches[0].Path.Value, Is.EqualTo("/"));
            Assert.That(first.Matches[0].Headers[0].Type, Is.EqualTo(ValueMatchType.Exact));
            Assert.That((first.BackendRefs[0].Group, first.BackendRefs[0].Kind, first.BackendRefs[0].Weight), Is.EqualTo(("", "Service", 1)));
            Assert.That(route.Rules[1].Matches, Has.Count.EqualTo(1));
            Assert.That(route.Rules[1].Filters[0].RequestRedirect!.StatusCode, Is.EqualTo(302));
            Assert.That(route.Rules[1].Filters[1].RequestMirror!.Fraction!.Denominator, Is.EqualTo(100));
            Assert.That(route.Rules[1].Filters[2].Cors!.MaxAge, Is.EqualTo(5));
            Assert.That(route.Rules[1].SessionPersistence!.Cookie, Is.EqualTo(new SessionCookieSpec { Name = "s", Path = "/", LifetimeType = CookieLifetimeType.Session }));
        }
    }

    [Test]
    public void A_listener_takes_routes_of_its_own_namespace_unless_it_says_otherwise()
    {
        var gateway = Documents.Spec<GatewaySpec>("Gateway", "gatewayClassName: mesh\nlisteners: [{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]");

        Assert.That(gateway.Listeners[0].AllowedRoutes.Namespaces.From, Is.EqualTo(NamespacesFrom.Same));
        Assert.That(gateway.Listeners[0].Tls!.Mode, Is.EqualTo(ListenerTLSMode.Terminate));
    }

    [Test]
    public void An_unknown_field_is_an_error_with_a_suggestion()
    {
        var read = Documents.Read(Documents.Text("HTTPRoute", "shop", "rules: [{backendRef: [{name: catalog, port: 80}]}]"));

        Assert.That(read.Errors.Single(), Does.Contain("unknown field \"spec.rules[0].backendRef\"").And.Contain("backendRefs"));
        Assert.That(read.All, Is.Empty);
    }

    [TestCase("1h30m", 5400000)]
    [TestCase("1h2h", 10800000)]
    [TestCase("10ms", 10)]
    [TestCase("1m500ms", 60500)]
    [TestCase("0s", 0)]
    public void Durations_are_those_of_gep_2257(string text, int milliseconds)
    {
        Assert.That(GatewayDuration.TryParse(text, out var value), Is.True);
        Assert.That(value, Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [TestCase("1.5s")]
    [TestCase("0")]
    [TestCase("")]
    [TestCase("1d")]
    [TestCase("100us")]
    [TestCase("123456s")]
    [TestCase("1h1m1s1ms1s")]
    [TestCase("-1s")]
    public void Other_durations_are_refused(string text) => Assert.That(GatewayDuration.TryParse(text, out _), Is.False);

    [Test]
    public void The_kind_gateway_of_both_languages_is_told_apart()
    {
        var read = Documents.Read(Documents.Text("Gateway", "edge", "gatewayClassName: mesh\nlisteners: [{name: http, port: 80, protocol: HTTP}]") + """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec: {selector: {app: edge}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
            """);

        Assert.That(read.Errors, Is.Empty);
        Assert.That(read.All.Select(static d => d.Spec.GetType()), Is.EqualTo(new[] { typeof(GatewaySpec), typeof(Configuration.Istio.GatewaySpec) }));
        Assert.That(read.All.Select(static d => d.Key).Distinct().Count(), Is.EqualTo(2));
    }

    [TestCase("GRPCRoute", "v1alpha2", "rules: [{backendRefs: [{name: a, port: 1}]}]")]
    [TestCase("HTTPRoute", "v1beta1", "rules: [{backendRefs: [{name: a, port: 1}]}]")]
    [TestCase("ReferenceGrant", "v1beta1", "from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}]\nto: [{group: \"\", kind: Service}]")]
    [TestCase("BackendTLSPolicy", "v1alpha3", "targetRefs: [{group: \"\", kind: Service, name: a}]\nvalidation: {hostname: a.example, wellKnownCACertificates: System}")]
    public void Older_versions_are_read(string kind, string version, string spec) =>
        Assert.That(Documents.Read(Documents.Text(kind, "it", spec, version: version)).Errors, Is.Empty);

    [Test]
    public void Objects_without_a_spec_are_read_from_the_document_itself()
    {
        var read = Documents.Read("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: a}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ca}
            data: {ca.crt: text}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: tls}
            type: kubernetes.io/tls
            data: {tls.crt: aGVsbG8=}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: catalog-1, labels: {kubernetes.io/service-name: catalog}}
            addressType: IPv4
            endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]
            ports: [{name: http, port: 8080, protocol: TCP}]
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Errors, Is.Empty);
            Assert.That(read.All[0].Key, Is.EqualTo(new ObjectKey("Namespace", "", "shop", "")));
            Assert.That(((ConfigMapSpec)read.All[1].Spec).Data.TryGetValue("ca.crt", out var text) ? text : null, Is.EqualTo("text"));
            Assert.That(read.All[2].Spec.ToString(), Does.Not.Contain("aGVsbG8="));
            Assert.That(((EndpointSliceSpec)read.All[3].Spec).Endpoints[0].Addresses, Is.EqualTo(new[] { "10.0.0.1" }));
        }
    }

    [Test]
    public void A_host_that_cannot_be_sent_is_an_error_in_a_request_and_nothing_in_a_response()
    {
        var read = Documents.Read(Documents.Text("HTTPRoute", "it", """
            parentRefs: [{name: gateway}]
            rules:
            - filters:
              - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: two words}], add: [{name: Host, value: two words}]}}
              - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: host, value: two words}]}}
            """));

        Assert.That(read.Errors.Single(), Does.Contain("requestHeaderModifier.add[0].value: 'two words' cannot be sent as a Host header"));
    }
}
