namespace Mesh.Configuration.Tests.GatewayApi.Status;

public sealed class GatewayStatusTests
{
    private const string Http = "{name: http, port: 80, protocol: HTTP}";
    private const string Https = "{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}";

    [Test]
    public void A_gateway_that_can_be_served_says_so()
    {
        var status = Statuses.Of(Statuses.Gateway($"{Http}, {Https}"), Statuses.Secret("cert"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status.Gateway("Accepted"), status.Gateway("Programmed"), status.Gateway("ResolvedRefs")), Is.EqualTo(("True Accepted", "True Programmed", "True ResolvedRefs")));
            Assert.That((status.Listener("https", "Accepted"), status.Listener("https", "Programmed"), status.Listener("https", "Conflicted")), Is.EqualTo(("True Accepted", "True Programmed", "False NoConflicts")));
        }
    }

    [TestCase("{name: cert}", "False InvalidCertificateRef")]
    [TestCase("{name: words}", "False InvalidCertificateRef")]
    [TestCase("{name: good, kind: Certificate, group: certs.example}", "False InvalidCertificateRef")]
    [TestCase("{name: good, namespace: other}", "False RefNotPermitted")]
    [TestCase("{name: good}", "True ResolvedRefs")]
    public void A_listener_without_its_certificate_is_not_served(string reference, string resolved)
    {
        var status = Statuses.Of(
            Statuses.Gateway($"{{name: https, port: 443, protocol: HTTPS, tls: {{certificateRefs: [{reference}]}}}}"),
            Statuses.Secret("good"), Statuses.Secret("good", "other"), Statuses.Secret("words", certificate: "hello"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Listener("https", "ResolvedRefs"), Is.EqualTo(resolved));
            Assert.That(status.Listener("https", "Accepted"), Is.EqualTo("True Accepted"));
            Assert.That(status.Listener("https", "Programmed"), Is.EqualTo(resolved.StartsWith("True", StringComparison.Ordinal) ? "True Programmed" : "False Invalid"));
            Assert.That(status.Gateway("ResolvedRefs"), Is.EqualTo(resolved.StartsWith("True", StringComparison.Ordinal) ? resolved : "False ListenersNotResolved"));
        }
    }

    [Test]
    public void A_grant_lets_a_gateway_use_a_certificate_of_another_namespace()
    {
        var grant = Documents.Text("ReferenceGrant", "certs", "from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: default}]\nto: [{group: \"\", kind: Secret}]", "other");
        var status = Statuses.Of(Statuses.Gateway("{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: good, namespace: other}]}}"), Statuses.Secret("good", "other"), grant);

        Assert.That(status.Listener("https", "ResolvedRefs"), Is.EqualTo("True ResolvedRefs"));
    }

    [Test]
    public void Of_listeners_in_conflict_none_is_served()
    {
        var status = Statuses.Of(Statuses.Gateway($"{Http}, {Https.Replace("443", "80", StringComparison.Ordinal)}, {{name: other, port: 81, protocol: HTTP}}"), Statuses.Secret("cert"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Listener("http", "Conflicted"), Is.EqualTo("True ProtocolConflict"));
            Assert.That(status.Listener("https", "Conflicted"), Is.EqualTo("True ProtocolConflict"));
            Assert.That(status.Listener("http", "Programmed"), Is.EqualTo("False Invalid"));
            Assert.That(status.Listener("other", "Programmed"), Is.EqualTo("True Programmed"));
            Assert.That(status.Gateway("Accepted"), Is.EqualTo("True ListenersNotValid"));
        }
    }

    [Test]
    public void A_gateway_with_nothing_to_serve_is_not_accepted()
    {
        var status = Statuses.Of(Statuses.Gateway("{name: quic, port: 80, protocol: mesh.example/QUIC}"));

        Assert.That(status.Listener("quic", "Accepted"), Is.EqualTo("False UnsupportedProtocol"));
        Assert.That((status.Gateway("Accepted"), status.Gateway("Programmed")), Is.EqualTo(("False ListenersNotValid", "False Invalid")));
    }

    [Test]
    public void A_certificate_without_its_key_is_none()
    {
        var secret = Statuses.Secret("cert").Replace("BEGIN PRIVATE KEY", "BEGIN NOTHING", StringComparison.Ordinal);

        Assert.That(Statuses.Of(Statuses.Gateway(Https), secret).Listener("https", "ResolvedRefs"), Is.EqualTo("False InvalidCertificateRef"));
    }

    [Test]
    public void A_listener_that_takes_no_kind_at_all_is_not_served()
    {
        var status = Statuses.Of(Statuses.Gateway("{name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: TLSRoute}]}}"));

        Assert.That((status.Listener("http", "ResolvedRefs"), status.Listener("http", "Programmed")), Is.EqualTo(("False InvalidRouteKinds", "False Invalid")));
        Assert.That(status["Gateway", "edge"].Listeners[0].SupportedKinds, Is.Empty);
    }

    [Test]
    public void Clients_of_one_port_may_be_checked_by_certificates_of_their_own()
    {
        const string Ca = "{validation: {caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}]}}";
        const string Nobody = "{validation: {caCertificateRefs: [{group: \"\", kind: ConfigMap, name: nobody}]}}";
        var status = Statuses.Of(
            Statuses.Gateway($"{Https}, {Https.Replace("name: https, port: 443", "name: other, port: 8443", StringComparison.Ordinal)}", $"tls: {{frontend: {{default: {Ca}, perPort: [{{port: 8443, tls: {Nobody}}}]}}}}"),
            Statuses.Secret("cert"), Statuses.ConfigMap("ca"));

        Assert.That((status.Listener("https", "Accepted"), status.Listener("other", "Accepted")), Is.EqualTo(("True Accepted", "False NoValidCACertificate")));
    }

    [Test]
    public void Only_kinds_that_the_protocol_takes_are_supported()
    {
        var status = Statuses.Of(Statuses.Gateway("{name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: HTTPRoute}, {kind: TLSRoute}]}}"));

        Assert.That(status.Listener("http", "ResolvedRefs"), Is.EqualTo("False InvalidRouteKinds"));
        Assert.That(status["Gateway", "edge"].Listeners[0].SupportedKinds, Is.EqualTo(new[] { "HTTPRoute" }));
    }

    [TestCase("kind: ConfigMap, name: nobody, group: \"\"", "False InvalidCACertificateRef", "False NoValidCACertificate")]
    [TestCase("kind: Bundle, name: ca, group: trust.example", "False InvalidCACertificateKind", "False NoValidCACertificate")]
    [TestCase("kind: ConfigMap, name: ca, namespace: other, group: \"\"", "False RefNotPermitted", "False NoValidCACertificate")]
    [TestCase("kind: ConfigMap, name: ca, group: \"\"", "True ResolvedRefs", "True Accepted")]
    public void A_listener_that_can_trust_no_client_is_not_accepted_and_others_are(string reference, string resolved, string accepted)
    {
        var status = Statuses.Of(
            Statuses.Gateway($"{Http}, {Https}", $"tls: {{frontend: {{default: {{validation: {{caCertificateRefs: [{{{reference}}}]}}}}}}}}"),
            Statuses.Secret("cert"), Statuses.ConfigMap("ca"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status.Listener("https", "ResolvedRefs"), status.Listener("https", "Accepted")), Is.EqualTo((resolved, accepted)));
            Assert.That((status.Listener("http", "ResolvedRefs"), status.Listener("http", "Accepted")), Is.EqualTo(("True ResolvedRefs", "True Accepted")));
        }
    }

    [TestCase("*.x.org", "www.x.org", true)]
    [TestCase("*.x.org", "www.y.org", false)]
    [TestCase("*.x.org", "*.www.x.org", true)]
    public void Hosts_of_https_listeners_that_overlap_are_named(string one, string other, bool overlap)
    {
        var tls = "protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}";
        var status = Statuses.Of(
            Statuses.Gateway($"{{name: a, port: 443, hostname: \"{one}\", {tls}}}, {{name: b, port: 443, hostname: \"{other}\", {tls}}}, {{name: c, port: 444, hostname: \"{one}\", {tls}}}"),
            Statuses.Secret("cert"));
        var expected = overlap ? "True OverlappingHostnames" : "none";

        Assert.That((status.Listener("a", "OverlappingTLSConfig"), status.Listener("b", "OverlappingTLSConfig")), Is.EqualTo((expected, expected)));
        Assert.That(status.Listener("c", "OverlappingTLSConfig"), Is.EqualTo("none"));
    }

    [TestCase("", "True Accepted")]
    [TestCase("parametersRef: {group: a.example, kind: Settings, name: s}", "False InvalidParameters")]
    public void A_class_is_the_meshs_own_and_has_no_parameters(string rest, string accepted)
    {
        var status = Statuses.Of(Documents.Text("GatewayClass", "mesh", $"controllerName: mesh.example/mesh\n{rest}").Replace(", namespace: default", "", StringComparison.Ordinal))["GatewayClass", "mesh"];

        Assert.That(status.Conditions.Select(static c => $"{c.Type}={c.Status} {c.Reason}"), Is.EqualTo(new[] { $"Accepted={accepted}", "SupportedVersion=True SupportedVersion" }));
    }

    [TestCase("addresses: [{type: fake.example/address, value: x}]", "Accepted", "False UnsupportedAddress")]
    [TestCase("infrastructure: {parametersRef: {group: a.example, kind: Settings, name: s}}", "Accepted", "False InvalidParameters")]
    [TestCase("tls: {backend: {clientCertificateRef: {name: nobody}}}", "ResolvedRefs", "False InvalidClientCertificateRef")]
    [TestCase("tls: {backend: {clientCertificateRef: {name: cert, namespace: other}}}", "ResolvedRefs", "False RefNotPermitted")]
    [TestCase("tls: {frontend: {default: {validation: {mode: AllowInsecureFallback, caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}]}}}}", "InsecureFrontendValidationMode", "True ConfigurationChanged")]
    public void Settings_of_a_gateway_are_judged(string setting, string type, string expected) =>
        Assert.That(Statuses.Of(Statuses.Gateway(Http, setting)).Gateway(type), Is.EqualTo(expected));
}
