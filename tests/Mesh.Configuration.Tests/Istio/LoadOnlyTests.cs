using Mesh.Configuration.Tests.Istio.Admission;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Tests.Istio;

/// <summary>Where a mesh is stricter or more lenient than Istio's admission check, because it has to run what is written.</summary>
public sealed class LoadOnlyTests
{
    private const string Route = "route: [{destination: {host: catalog}}]";

    [TestCase("VirtualService", "hosts: [a.b]\nhttp: [{redirect: {uri: /, redirectCode: 304}}]", "spec.http[0].redirect.redirectCode")]
    [TestCase("VirtualService", "hosts: [a.b]\nhttp: [{delegate: {}}]", "spec.http[0].delegate.name")]
    [TestCase("VirtualService", "http: [{match: [{gateways: [g]}], " + Route + "}]", "spec.http[0].match[0]")]
    [TestCase("VirtualService", "http: [{match: [{sourceLabels: {a: b}}], " + Route + "}]", "spec.http[0].match[0]")]
    [TestCase("VirtualService", "hosts: [a.b]\nhttp: [{headers: {request: {set: {'a b': c}}}, " + Route + "}]", "spec.http[0].headers.request.set[\"a b\"]")]
    [TestCase("VirtualService", "hosts: [a.b]\ntcp: [{match: [{sourceSubnet: x}], " + Route + "}]", "spec.tcp[0].match[0].sourceSubnet")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: ''}}}", "spec.trafficPolicy.loadBalancer.consistentHash.httpHeaderName")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {loadBalancer: {consistentHash: {httpQueryParameterName: ''}}}", "spec.trafficPolicy.loadBalancer.consistentHash.httpQueryParameterName")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {outlierDetection: {}, loadBalancer: {localityLbSetting: {failover: [{from: a}]}}}", "spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0]")]
    [TestCase("Gateway", "servers: [{port: {number: 443, name: x, protocol: HTTPS}, hosts: [a.b], tls: {mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_3, maxProtocolVersion: TLSV1_2}}]", "spec.servers[0].tls.minProtocolVersion")]
    public void These_are_admitted_and_refused_when_loaded(string kind, string spec, string field)
    {
        Networking.Expect(kind, spec, null);
        Assert.That(ErrorsWhenLoaded(kind, spec), Has.Member(field));
    }

    [TestCase("directResponse: {status: 200}\nfault: {abort: {httpStatus: 500, percentage: {value: 1}}}", "fault")]
    [TestCase("match: [{headers: {x: {regex: '*'}}}]\n" + Route, "match[0].headers.x.regex")]
    [TestCase("match: [{queryParams: {x: {regex: '*'}}}]\n" + Route, "match[0].queryParams.x.regex")]
    [TestCase("match: [{queryParams: {x: {prefix: ''}}}]\n" + Route, "match[0].queryParams.x.prefix")]
    [TestCase("retries: {attempts: 1, retryOn: '5xx, 599,'}\n" + Route, "retries.retryOn")]
    public void These_are_not_admitted_and_run_when_loaded(string rule, string field)
    {
        var spec = $"hosts: [a.b]\nhttp:\n- {rule.Replace("\n", "\n  ", StringComparison.Ordinal)}";
        Networking.Expect("VirtualService", spec, $"spec.http[0].{field}");
        Assert.That(ErrorsWhenLoaded("VirtualService", spec), Is.Empty);
    }

    // The schema says the same to who asks for admission; whoever loads documents has the checks alone.
    [TestCase("WorkloadGroup", "template: {}\nprobe: {timeoutSeconds: -1, grpc: {port: 1}}", "spec.probe.timeoutSeconds")]
    [TestCase("WorkloadGroup", "template: {}\nprobe: {grpc: {port: 0}}", "spec.probe.grpc.port")]
    [TestCase("WorkloadGroup", "template: {}\nprobe: {httpGet: {port: 1, scheme: ftp}}", "spec.probe.httpGet.scheme")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {connectionPool: {http: {maxRequestsPerConnection: 536870913}}}", "spec.trafficPolicy.connectionPool.http.maxRequestsPerConnection")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {loadBalancer: {warmup: {duration: 1s, minimumPercent: 101}}}", "spec.trafficPolicy.loadBalancer.warmup.minimumPercent")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {loadBalancer: {warmup: {duration: 1s, aggression: 0.5}}}", "spec.trafficPolicy.loadBalancer.warmup.aggression")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {connectionPool: {http: {http2KeepAlive: {timeout: 1s}}}}", "spec.trafficPolicy.connectionPool.http.http2KeepAlive.interval")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {retryBudget: {percent: 101}}", "spec.trafficPolicy.retryBudget.percent")]
    [TestCase("DestinationRule", "host: a\ntrafficPolicy: {outlierDetection: {outlierDetectionHttpErrorCodes: [99]}}", "spec.trafficPolicy.outlierDetection.outlierDetectionHttpErrorCodes[0]")]
    [TestCase("Gateway", "servers: [{hosts: [a.b], port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialNames: [a, b, c]}}]", "spec.servers[0].tls.credentialNames")]
    [TestCase("Gateway", "servers: [{hosts: [a.b], port: {number: 80, name: a, protocol: HTTP, targetPort: 1}}]", "spec.servers[0].port.targetPort")]
    public void What_a_schema_refuses_is_refused_when_loaded_too(string kind, string spec, string field) => Assert.That(ErrorsWhenLoaded(kind, spec), Has.Member(field));

    [Test]
    public void A_delegate_may_have_a_name_with_dots() =>
        Assert.That(ErrorsWhenLoaded("VirtualService", "hosts: [a.b]\nhttp: [{delegate: {name: reviews.v2, namespace: shop}}]"), Is.Empty);

    private static string[] ErrorsWhenLoaded(string kind, string spec) =>
        [.. Lowered.Read(Yaml.Document(kind, "x", spec)).Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).Select(static p => p.Field!)];
}
