using Mesh.Diagnostics;

namespace Mesh.Configuration.Tests.Istio;

public class ValidationTests
{
    private const string Route = "route: [{destination: {host: catalog}}]";

    [TestCase("route: []", "spec.http[0]", "the rule does nothing")]
    [TestCase("redirect: {uri: /x}\n" + Route, "spec.http[0]", "only one of 'route', 'redirect' and 'directResponse'")]
    [TestCase("route: [{destination: {host: a}, weight: 0}, {destination: {host: b}}]", "spec.http[0].route", "all weights are 0")]
    [TestCase("route: [{destination: {host: a}, weight: -1}, {destination: {host: b}, weight: 2}]", "spec.http[0].route[0].weight", "must not be negative")]
    [TestCase("route: [{destination: {host: 'a b'}}]", "spec.http[0].route[0].destination.host", "is not a DNS label")]
    [TestCase("route: [{destination: {host: '*'}}]", "spec.http[0].route[0].destination.host", "is no destination")]
    [TestCase("route: [{destination: {host: a, port: {number: 70000}}}]", "spec.http[0].route[0].destination.port.number", "70000 is not a port")]
    [TestCase("redirect: {uri: /x, redirectCode: 305}", "spec.http[0].redirect.redirectCode", "305 is not a redirect")]
    [TestCase("redirect: {}", "spec.http[0].redirect", "a redirect to the same place")]
    [TestCase("redirect: {port: 80, derivePort: FROM_REQUEST_PORT}", "spec.http[0].redirect.derivePort", "only one of")]
    [TestCase("match: [{uri: {exact: /a}}]\nredirect: {prefixRewrite: /b}", "spec.http[0].redirect.prefixRewrite", "needs a 'prefix'")]
    [TestCase("directResponse: {status: 99}", "spec.http[0].directResponse.status", "HTTP status 99 is not in range 200-599")]
    [TestCase("directResponse: {status: 200, body: {bytes: '%'}}", "spec.http[0].directResponse.body.bytes", "is not base64")]
    [TestCase("match: [{uri: {regex: '(?=a)'}}]\n" + Route, "spec.http[0].match[0].uri.regex", "is not an RE2 expression")]
    [TestCase("match: [{uri: {exact: /a, prefix: /b}}]\n" + Route, "spec.http[0].match[0].uri.prefix", "only one of")]
    [TestCase("match: [{method: {prefix: ''}}]\n" + Route, "spec.http[0].match[0].method.prefix", "an empty prefix matches everything")]
    [TestCase("rewrite: {uri: /a, uriRegexRewrite: {match: a, rewrite: b}}\n" + Route, "spec.http[0].rewrite.uriRegexRewrite", "only one of")]
    [TestCase("retries: {retryOn: 5xx}\n" + Route, "spec.http[0].retries", "retries are off")]
    [TestCase("retries: {attempts: 1, retryOn: sometimes}\n" + Route, "spec.http[0].retries.retryOn", "'sometimes' is not a retry condition")]
    [TestCase("retries: {attempts: 1, perTryTimeout: 0.1ms}\n" + Route, "spec.http[0].retries.perTryTimeout", "at least 1ms")]
    [TestCase("fault: {abort: {httpStatus: 500, percentage: {value: 101}}}\n" + Route, "spec.http[0].fault.abort.percentage", "lies between 0 and 100")]
    [TestCase("fault: {abort: {grpcStatus: BAD, percentage: {value: 1}}}\n" + Route, "spec.http[0].fault.abort.grpcStatus", "is not a gRPC status")]
    [TestCase("mirror: {host: a}\nmirrors: [{destination: {host: b}}]\n" + Route, "spec.http[0].mirrors", "only one of")]
    [TestCase("headers: {request: {set: {a: '50%'}}}\n" + Route, "spec.http[0].headers.request.set.a", "write '%%'")]
    [TestCase("rewrite: {authority: a}\nheaders: {request: {set: {Host: b}}}\n" + Route, "spec.http[0].headers.request.set.Host", "authority header cannot be set multiple times")]
    [TestCase("rewrite: {authority: two words}\n" + Route, "spec.http[0].rewrite.authority", "cannot be sent as a Host header")]
    [TestCase("headers: {request: {set: {':authority': two words}}}\n" + Route, "spec.http[0].headers.request.set[\":authority\"]", "cannot be sent as a Host header")]
    [TestCase("route: [{destination: {host: a}, headers: {request: {add: {host: 'a/b'}}}}]", "spec.http[0].route[0].headers.request.add.host", "cannot be sent as a Host header")]
    [TestCase("delegate: {name: x}\n" + Route, "spec.http[0].delegate", "a rule that delegates")]
    public void A_rule_Istio_refuses_is_an_error_at_its_place(string rule, string field, string message) => AssertError(Yaml.Rule(rule), field, message);

    [TestCase("hosts: ['*']\nhttp: [{route: [{destination: {host: a}}]}]", "spec.hosts[0]", "only allowed on a gateway")]
    [TestCase("hosts: ['*.a.b', '*.b']\nhttp: [{route: [{destination: {host: a}}]}]", "spec.hosts[1]", "overlap")]
    [TestCase("hosts: [a.b]", "spec", "no rules")]
    [TestCase("gateways: [a]\nhttp: [{route: [{destination: {host: a}}]}]", "spec.gateways", "is a delegate and names no gateways")]
    [TestCase("hosts: [a.b]\nexportTo: ['~']\nhttp: [{route: [{destination: {host: a}}]}]", "spec.exportTo[0]", "only allowed for ServiceEntry")]
    [TestCase("hosts: [a.b]\ntls: [{match: [{sniHosts: [x.y]}], route: [{destination: {host: a}}]}]", "spec.tls[0].match[0].sniHosts[0]", "lies outside of the document's hosts")]
    public void A_VirtualService_Istio_refuses_is_an_error_at_its_place(string spec, string field, string message) => AssertError(Yaml.VirtualService("v", spec), field, message);

    [TestCase("host: a\nsubsets: [{name: v1}, {name: v1}]", "spec.subsets[1].name", "another subset is called 'v1'")]
    [TestCase("host: a\ntrafficPolicy: {}", "spec.trafficPolicy", "an empty traffic policy")]
    [TestCase("host: a\ntrafficPolicy: {connectionPool: {tcp: {connectTimeout: 0s}}}", "spec.trafficPolicy.connectionPool.tcp.connectTimeout", "at least 1ms")]
    [TestCase("host: a\ntrafficPolicy: {outlierDetection: {maxEjectionPercent: 101}}", "spec.trafficPolicy.outlierDetection.maxEjectionPercent", "lies between 0 and 100")]
    [TestCase("host: a\ntrafficPolicy: {loadBalancer: {simple: RANDOM, consistentHash: {useSourceIp: true}}}", "spec.trafficPolicy.loadBalancer.consistentHash", "only one of")]
    [TestCase("host: a\ntrafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 1000}}}}", "spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize", "prime")]
    [TestCase("host: a\ntrafficPolicy: {loadBalancer: {simple: RANDOM, warmup: {duration: 10s}}}", "spec.trafficPolicy.loadBalancer.warmup", "only ROUND_ROBIN and LEAST_REQUEST")]
    [TestCase("host: a\ntrafficPolicy: {tls: {mode: MUTUAL}}", "spec.trafficPolicy.tls.privateKey", "needs the file of a private key")]
    [TestCase("host: a\ntrafficPolicy: {loadBalancer: {simple: ROUNDROBIN}}", "spec.trafficPolicy.loadBalancer.simple", "ROUND_ROBIN")]
    public void A_DestinationRule_Istio_refuses_is_an_error_at_its_place(string spec, string field, string message) => AssertError(Yaml.DestinationRule("d", spec), field, message);

    [TestCase("ServiceEntry", "hosts: ['*']\nports: [{number: 80, name: a}]", "spec.hosts[0]", "would be every host")]
    [TestCase("ServiceEntry", "hosts: [a.com]\nresolution: STATIC\nports: [{number: 80, name: a}, {number: 80, name: b}]", "spec.ports[1].number", "is there already")]
    [TestCase("ServiceEntry", "hosts: [a.com]\nresolution: STATIC\nports: [{number: 80, name: a}]\nendpoints: [{address: b.com}]", "spec.endpoints[0].address", "use resolution DNS for names")]
    [TestCase("ServiceEntry", "hosts: [a.com]\nports: [{number: 80, name: a}]\nendpoints: [{address: 1.1.1.1}]", "spec.endpoints", "NONE mode cannot set endpoints")]
    [TestCase("ServiceEntry", "hosts: ['*.a.com']\nresolution: DNS\nports: [{number: 80, name: a}]", "spec.hosts[0]", "hosts must be FQDN")]
    [TestCase("WorkloadEntry", "labels: {a: b}", "spec.address", "an endpoint needs an address")]
    [TestCase("Gateway", "servers: [{port: {number: 443, name: x, protocol: HTTPS}, hosts: [a.com]}]", "spec.servers[0].tls", "server must have TLS settings")]
    [TestCase("Sidecar", "egress: [{hosts: ['*']}]", "spec.egress[0].hosts[0]", "is not namespace/host")]
    public void Other_documents_Istio_refuses_are_errors_at_their_place(string kind, string spec, string field, string message) => AssertError(Yaml.Document(kind, "x", spec), field, message);

    [TestCase("match: [{statPrefix: x}]\n" + Route, "spec.http[0].match[0].statPrefix: read, but without effect here")]
    [TestCase("corsPolicy: {allowOrigins: [{exact: a}]}\n" + Route, "spec.http[0].corsPolicy: read, but without effect here")]
    [TestCase("mirror: {host: catalog}\nmirrorPercent: 5\n" + Route, "spec.http[0].mirrorPercent: deprecated")]
    public void What_has_no_effect_is_never_passed_over_in_silence(string rule, string warning)
    {
        var (documents, problems) = Lowered.Read(Yaml.Rule(rule));
        Assert.That(documents, Has.Count.EqualTo(1));
        Assert.That(problems.Select(static p => p.ToString()), Has.Some.Contains(warning));
    }

    [Test]
    public void Rules_that_an_earlier_one_hides_are_warned_of()
    {
        var (_, problems) = Lowered.Read(Yaml.VirtualService("v", """
            hosts: [a.b]
            http:
            - match: [{uri: {prefix: /api}}, {uri: {prefix: /api/v1}}]
              route: [{destination: {host: a}}]
            - route: [{destination: {host: a}}]
            - route: [{destination: {host: b}}]
            """));
        Assert.That(problems.Select(static p => p.Field), Is.EquivalentTo(new[] { "spec.http[0].match[1]", "spec.http[2]" }));
    }

    [Test]
    public void A_message_has_file_line_and_column()
    {
        var (_, problems) = Lowered.Read("""
            apiVersion: networking.istio.io/v1alpha3
            kind: VirtualService
            metadata: {name: catalog}
            spec:
              hosts: [catalog]
              http:
              - route:
                - destination: {host: catalog}
                retries:
                  attempts: 2
                  retryOn: never
            """);
        Assert.That($"{problems.Single()}", Does.StartWith("mesh.yaml:11:7: error: VirtualService default/catalog: spec.http[0].retries.retryOn: 'never' is not a retry condition"));
    }

    private static void AssertError(string yaml, string field, string message)
    {
        var (_, problems) = Lowered.Read(yaml);
        var errors = problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).ToList();
        Assert.That(errors.Select(static e => e.Field), Has.Some.EqualTo(field), string.Join('\n', errors));
        Assert.That(errors.Where(e => e.Field == field).Select(static e => e.Message), Has.Some.Contains(message));
        Assert.That(errors, Has.All.Matches<ConfigProblem>(static e => e is not null && e.Line > 0));
    }
}
