namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>Gateways, as Istio's admission check takes, refuses or warns of them.</summary>
public sealed class GatewayDocumentTests
{
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: HTTP}}]", null)]
    [TestCase("servers: [{hosts: [], port: {number: 80, name: a, protocol: HTTP}}]", "spec.servers[0].hosts")]
    [TestCase("servers: [{hosts: [a.b]}]", "spec.servers[0].port")]
    [TestCase("servers: [{hosts: [a], port: {number: 80, name: a, protocol: HTTP}}]", "spec.servers[0].hosts[0]")]
    [TestCase("servers: [{hosts: ['*'], port: {number: 80, name: a, protocol: HTTP}}]", null)]
    [TestCase("servers: [{hosts: ['ns/*'], port: {number: 80, name: a, protocol: HTTP}}]", null)]
    [TestCase("servers: [{hosts: ['*a.b'], port: {number: 80, name: a, protocol: HTTP}}]", "spec.servers[0].hosts[0]")]
    [TestCase("servers: [{hosts: ['1.2.3.4'], port: {number: 80, name: a, protocol: HTTP}}]", null)]
    [TestCase("servers: [{hosts: ['/a.b'], port: {number: 80, name: a, protocol: HTTP}}]", "spec.servers[0].hosts[0]")]
    [TestCase("servers: [{hosts: ['n_s/a.b'], port: {number: 80, name: a, protocol: HTTP}}]", "spec.servers[0].hosts[0]")]
    [TestCase("servers: [{hosts: ['./a.b'], port: {number: 80, name: a, protocol: HTTP}}]", null)]
    [TestCase("servers: [{hosts: [a.b], port: {number: 0, name: a, protocol: HTTP}}]", "spec.servers[0].port.number")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, protocol: HTTP}}]", "spec.servers[0].port.name")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a}}]", "spec.servers[0].port.protocol")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: FOO}}]", "spec.servers[0].port.protocol")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: HTTP, targetPort: 1}}]", "spec.servers[0].port.targetPort")]
    [TestCase("servers: [{hosts: [a.b], bind: x, port: {number: 80, name: a, protocol: HTTP}}]", "spec.servers[0].bind")]
    [TestCase("servers: [{hosts: [a.b], bind: 'unix:///x', port: {number: 80, name: a, protocol: HTTP}}]", "spec.servers[0].port.number")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: HTTP}, tls: {httpsRedirect: true}}]", null)]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: HTTP}, tls: {mode: SIMPLE}}]", "spec.servers[0].tls")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: TCP}, tls: {}}]", "spec.servers[0].tls")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: FOO}, tls: {httpsRedirect: true}}]", "spec.servers[0].port.protocol", "spec.servers[0].tls.httpsRedirect")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: a, httpsRedirect: true}}]", null, "spec.servers[0].tls.httpsRedirect")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}}]", "spec.servers[0].tls")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: TLS}, tls: {mode: PASSTHROUGH}}]", null)]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: TLS}, tls: {mode: AUTO_PASSTHROUGH, caCrl: x}}]", null, "spec.servers[0].tls")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE}}]", "spec.servers[0].tls.serverCertificate")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: MUTUAL, serverCertificate: a, privateKey: b}}]", "spec.servers[0].tls.caCertificates")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: OPTIONAL_MUTUAL, serverCertificate: a, privateKey: b, caCertificates: c}}]", null)]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: ISTIO_MUTUAL, credentialName: a}}]", "spec.servers[0].tls")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_0}}]", null, "spec.servers[0].tls.minProtocolVersion")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_1, cipherSuites: [ECDHE-ECDSA-AES128-SHA]}}]", null)]
    [TestCase("servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: a, credentialNames: [b]}}]", "spec.servers[0].tls.credentialNames")]
    [TestCase("servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: HTTP}}, {hosts: [a.b], port: {number: 81, name: a, protocol: HTTP}}]", "spec.servers[1].port.name")]
    [TestCase("servers: []", "spec.servers")]
    public void A_Gateway(string spec, string? error, string? warning = null) =>
        Networking.Expect("Gateway", spec, error, warning);

    [TestCase("SIMPLE, credentialNames: [a, b]", null)]
    [TestCase("SIMPLE, credentialNames: [a, b, c]", "credentialNames")]
    [TestCase("SIMPLE, serverCertificate: a, privateKey: b, caCrl: c", "caCrl")]
    [TestCase("MUTUAL, serverCertificate: a, privateKey: b, caCertificates: c, caCrl: d", null)]
    [TestCase("SIMPLE, tlsCertificates: [{serverCertificate: a, privateKey: b}, {serverCertificate: a, privateKey: b}]", null)]
    [TestCase("SIMPLE, tlsCertificates: [{serverCertificate: a, privateKey: b}, {serverCertificate: a, privateKey: b}, {serverCertificate: a, privateKey: b}]", null, "tlsCertificates")]
    [TestCase("SIMPLE, tlsCertificates: [{serverCertificate: a}]", "tlsCertificates[0].privateKey")]
    [TestCase("SIMPLE, credentialName: a, serverCertificate: b", "credentialName")]
    [TestCase("SIMPLE, credentialName: a, privateKey: b", null)]
    [TestCase("SIMPLE, credentialName: a, cipherSuites: [ALL, '-AES128-SHA', AES128-SHA]", null)]
    [TestCase("SIMPLE, credentialName: a, cipherSuites: [AES128-SHA, AES128-SHA]", null, "cipherSuites[1]")]
    [TestCase("SIMPLE, credentialName: a, cipherSuites: [aes128-sha]", null, "cipherSuites[0]")]
    public void Tls_of_a_server(string tls, string? error, string? warning = null) =>
        Networking.Expect(
            "Gateway",
            $"servers: [{{hosts: [a.b], port: {{number: 443, name: a, protocol: HTTPS}}, tls: {{mode: {tls}}}}}]",
            Networking.Under("spec.servers[0].tls", error),
            Networking.Under("spec.servers[0].tls", warning));

    [TestCase("", "spec.servers[0].hosts[0]")]
    [TestCase("internal.istio.io/gateway-semantics: other", "spec.servers[0].hosts[0]")]
    [TestCase("internal.istio.io/gateway-semantics: gateway", null)]
    public void A_host_for_nobody_stands_only_in_a_made_Gateway(string annotations, string? error) =>
        Networking.Expect("Gateway", "servers: [{hosts: ['~/a.b'], port: {number: 80, name: a, protocol: HTTP}}]", error, annotations: annotations);

    [TestCase("internal.istio.io/webhook-always-reject: ''", "metadata.annotations[\"internal.istio.io/webhook-always-reject\"]")]
    [TestCase("istio.io/dry-run: 'true'", "metadata.annotations[\"istio.io/dry-run\"]")]
    public void Annotations_that_refuse(string annotations, string error) =>
        Networking.Expect("Gateway", "servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: HTTP}}]", error, annotations: annotations);
}
