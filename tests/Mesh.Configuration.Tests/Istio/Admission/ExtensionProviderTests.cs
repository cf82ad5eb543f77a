using Mesh.Configuration.Validation;

namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>A rule of Istio's check of <c>extensionProviders</c> a row.</summary>
public sealed class ExtensionProviderTests
{
    [TestCase("[]", null)]
    [TestCase("[{name: a, prometheus: {}}, {name: b, stackdriver: {}}, {name: c, envoyFileAccessLog: {path: /dev/stdout, logFormat: {labels: {a: b}}}}]", null)]
    [TestCase("[{prometheus: {}}]", "empty extension provider name")]
    [TestCase("[{name: a, prometheus: {}}, {name: a, prometheus: {}}]", "extensionProviders[1].name: duplicate extension provider name a")]
    [TestCase("[{name: a}]", "unsupported provider")]
    [TestCase("[{name: a, zipkin: null}]", "unsupported provider")]
    [TestCase("[{name: a, prometheus: {}, stackdriver: {}}]", "one and only one schema")]
    [TestCase("[{name: a, lightstep: {service: a.b, port: 80, accessToken: c}}]", null)]
    [TestCase("[{name: a, lightstep: {service: a.b, port: 80}}]", "access token is required")]
    [TestCase("[{name: a, opentelemetry: {service: a.b, port: 80, http: {path: /a, timeout: 1s}}}]", null)]
    [TestCase("[{name: a, opentelemetry: {service: a.b, port: 80, grpc: {timeout: 1s}}}]", null)]
    [TestCase("[{name: a, opentelemetry: {service: a.b, port: 80, http: {}, grpc: {}}}]", "cannot specify both grpc and http")]
    [TestCase("[{name: a, envoyExtAuthzHttp: {service: a.b, port: 80, pathPrefix: /check, includeRequestBodyInCheck: {maxRequestBytes: 1}}}]", null)]
    [TestCase("[{name: a, envoyExtAuthzHttp: {service: a.b, port: 80, pathPrefix: check}}]", "pathPrefix should begin with '/'")]
    [TestCase("[{name: a, envoyExtAuthzHttp: {service: a.b, port: 80, pathPrefix: '/check%zz'}}]", "invalid pathPrefix")]
    public void Providers(string providers, string? error) => Admitted.Expect(DocumentValidator.ValidateMeshConfig($"extensionProviders: {providers}"), error);

    [TestCase("envoyExtAuthzHttp")]
    [TestCase("envoyExtAuthzGrpc")]
    [TestCase("zipkin")]
    [TestCase("lightstep")]
    [TestCase("datadog")]
    [TestCase("opencensus")]
    [TestCase("skywalking")]
    [TestCase("opentelemetry")]
    [TestCase("envoyHttpAls")]
    [TestCase("envoyTcpAls")]
    [TestCase("envoyOtelAls")]
    [TestCase("sds")]
    public void A_service_and_its_port_are_needed(string kind)
    {
        var others = kind == "lightstep" ? ", accessToken: a" : "";
        Admitted.Expect(DocumentValidator.ValidateMeshConfig($"extensionProviders: [{{name: a, {kind}: {{service: a.b, port: 80{others}}}}}]"), null);
        Admitted.Expect(DocumentValidator.ValidateMeshConfig($"extensionProviders: [{{name: a, {kind}: {{port: 80{others}}}}}]"), "service must not be empty");
        Admitted.Expect(DocumentValidator.ValidateMeshConfig($"extensionProviders: [{{name: a, {kind}: {{service: a.b{others}}}}}]"), "port number 0");
        Admitted.Expect(DocumentValidator.ValidateMeshConfig($"extensionProviders: [{{name: a, {kind}: {{service: a.b, port: 65536{others}}}}}]"), "port number 65536");
    }

    [TestCase("a", null)]
    [TestCase("a.b.svc.cluster.local", null)]
    [TestCase("10.0.0.1", null)]
    [TestCase("'2001:db8::1'", null)]
    [TestCase("shop/a.b.svc.cluster.local", null)]
    [TestCase("./a.b", null)]
    [TestCase("'*/*.a.b'", null)]
    [TestCase("'a b'", "extensionProviders[0].datadog.service")]
    [TestCase("'*.a.b'", "a wildcard is not allowed here")]
    [TestCase("shop/a", "short names")]
    [TestCase("shop/", "is not namespace/host")]
    [TestCase("/a.b", "is not namespace/host")]
    [TestCase("a.b/c.d", "invalid namespace value 'a.b'")]
    [TestCase("shop/a/b.c", "extensionProviders[0].datadog.service")]
    [TestCase("'http://a.b'", "extensionProviders[0].datadog.service")]
    public void A_service_is_a_full_name_or_an_address(string service, string? error) =>
        Admitted.Expect(DocumentValidator.ValidateMeshConfig($"extensionProviders: [{{name: a, datadog: {{service: {service}, port: 80}}}}]"), error);

    [TestCase("''", null)]
    [TestCase("'403'", null)]
    [TestCase("'503'", null)]
    [TestCase("'0'", null)]
    [TestCase("'600'", "unsupported statusOnError value 600")]
    [TestCase("'418'", "unsupported statusOnError value 418")]
    [TestCase("'-1'", "unsupported statusOnError value -1")]
    [TestCase("Forbidden", "invalid statusOnError value Forbidden")]
    [TestCase("403", "must be of type string")]
    public void A_status_is_one_Envoy_knows(string status, string? error)
    {
        foreach (var kind in new[] { "envoyExtAuthzHttp", "envoyExtAuthzGrpc" })
        {
            Admitted.Expect(DocumentValidator.ValidateMeshConfig($"extensionProviders: [{{name: a, {kind}: {{service: a.b, port: 80, statusOnError: {status}}}}}]"), error);
        }
    }
}
