using Mesh.Configuration.Building;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;

namespace Mesh.Configuration.Tests.Building;

public class MeshConfigBuilderTests
{
    [Test]
    public void It_makes_the_documents_that_YAML_makes()
    {
        var built = new MeshConfigBuilder("shop").ForService("catalog", s => s
            .Endpoint("127.0.0.1:5001", 2, ("version", "v1"))
            .Endpoint("127.0.0.1:5002", 1, ("version", "v2"))
            .Subset("v1", ("version", "v1"))
            .Subset("v2", ("version", "v2"))
            .LoadBalancing(SimpleLoadBalancer.RoundRobin)
            .OutlierDetection(o => o with { Consecutive5xxErrors = 5, MaxEjectionPercent = 50 })
            .Connections(t => t with { MaxConnections = 10 })
            .UpgradeToHttp2()
            .Route(r => r.Named("testers").WhenHeader("end-user").Is("jason").WhenPath("/v1").Or().WhenQuery("beta").Is("1").To("v2").Timeout(TimeSpan.FromSeconds(2)))
            .Route(r => r.WhenPath().Is("/old").Redirect("/new", status: 308))
            .Route(r => r.WhenMethod("TRACE").WhenNotHeader("debug").IsPresent().Respond(405, "no"))
            .Route(r => r.To("v1", 90).To("v2", 10)
                .Retries(3, "5xx,connect-failure", TimeSpan.FromMilliseconds(250))
                .Mirror("shadow", percent: 5)
                .FaultDelay(TimeSpan.FromSeconds(1), 10)
                .FaultAbort(503, 1)
                .Rewrite("/api", "internal"))).Build();
        const string Yaml =
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: catalog, namespace: shop}
            spec:
              hosts: [catalog.shop.svc.cluster.local]
              location: MESH_INTERNAL
              resolution: STATIC
              ports: [{number: 80, name: http, protocol: HTTP}]
              endpoints:
              - {address: 127.0.0.1, ports: {http: 5001}, labels: {version: v1}, weight: 2}
              - {address: 127.0.0.1, ports: {http: 5002}, labels: {version: v2}, weight: 1}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: catalog, namespace: shop}
            spec:
              host: catalog.shop.svc.cluster.local
              trafficPolicy:
                loadBalancer: {simple: ROUND_ROBIN}
                outlierDetection: {consecutive5xxErrors: 5, maxEjectionPercent: 50}
                connectionPool: {tcp: {maxConnections: 10}, http: {h2UpgradePolicy: UPGRADE}}
              subsets:
              - {name: v1, labels: {version: v1}}
              - {name: v2, labels: {version: v2}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: catalog, namespace: shop}
            spec:
              hosts: [catalog.shop.svc.cluster.local]
              http:
              - name: testers
                match:
                - headers: {end-user: {exact: jason}}
                  uri: {prefix: /v1}
                - queryParams: {beta: {exact: "1"}}
                route: [{destination: {host: catalog.shop.svc.cluster.local, subset: v2}}]
                timeout: 2s
              - match: [{uri: {exact: /old}}]
                redirect: {uri: /new, redirectCode: 308}
              - match: [{method: {exact: TRACE}, withoutHeaders: {debug: {}}}]
                directResponse: {status: 405, body: {string: "no"}}
              - route:
                - {destination: {host: catalog.shop.svc.cluster.local, subset: v1}, weight: 90}
                - {destination: {host: catalog.shop.svc.cluster.local, subset: v2}, weight: 10}
                retries: {attempts: 3, retryOn: "5xx,connect-failure", perTryTimeout: 250ms}
                mirrors: [{destination: {host: shadow}, percentage: {value: 5}}]
                fault:
                  delay: {fixedDelay: 1s, percentage: {value: 10}}
                  abort: {httpStatus: 503, percentage: {value: 1}}
                rewrite: {uri: /api, authority: internal}
            """;
        var read = new BatchReading(new DocumentReader(SpecCatalog.Kinds, "default")).Read(ConfigBatch.FromYaml("catalog.yaml", Yaml));
        Assert.That(read.SelectMany(r => r.Problems).Where(p => p.Severity == Diagnostics.ConfigProblemSeverity.Error), Is.Empty);
        for (var i = 0; i < 3; i++)
        {
            Assert.That(built.Documents[i].Key, Is.EqualTo(read[i].Key));
            Assert.That(built.Documents[i].Spec, Is.EqualTo(read[i].Document!.Spec));
        }
    }

    [Test]
    public void A_mistake_is_found_by_the_same_checks()
    {
        var batch = new MeshConfigBuilder().ForService("catalog", s => s.Route(r => r.WhenPath().Is("/").Respond(42))).Build();
        var problem = MeshConfigReader.Read(batch).Problems.First(p => p.Severity == Diagnostics.ConfigProblemSeverity.Error);
        Assert.That(problem.ToString(), Does.StartWith("code: error: VirtualService default/catalog: spec.http[0].directResponse"));
    }

    [Test]
    public void Only_what_was_said_becomes_a_document()
    {
        var batch = new MeshConfigBuilder().ForService("catalog", s => s.UpgradeToHttp2()).ForService("catalog", s => s.Route(r => r.Timeout(TimeSpan.FromSeconds(1)))).Build();
        Assert.That(batch.Documents.Select(d => d.Kind), Is.EqualTo(new[] { "DestinationRule", "VirtualService" }));
        var route = ((VirtualServiceSpec)batch.Documents[1].Spec).Http.Single();
        Assert.That(route.Route.Single().Destination.Host, Is.EqualTo("catalog.default.svc.cluster.local"));
    }

    [TestCase("localhost:5001", ServiceEntryResolution.Dns, "localhost", 5001)]
    [TestCase("127.0.0.1", ServiceEntryResolution.Static, "127.0.0.1", null)]
    [TestCase("[::1]:81", ServiceEntryResolution.Static, "::1", 81)]
    [TestCase("::1", ServiceEntryResolution.Static, "::1", null)]
    public void Addresses_are_taken_apart(string address, ServiceEntryResolution resolution, string host, int? port)
    {
        var spec = (ServiceEntrySpec)new MeshConfigBuilder().ForService("a", s => s.Endpoints(address)).Build().Documents.Single().Spec;
        Assert.Multiple(() =>
        {
            Assert.That(spec.Resolution, Is.EqualTo(resolution));
            Assert.That(spec.Endpoints[0].Address, Is.EqualTo(host));
            Assert.That(spec.Endpoints[0].Ports.TryGetValue("http", out var found) ? found : (int?)null, Is.EqualTo(port));
        });
    }

    [TestCase("127.0.0.1:x")]
    [TestCase("127.0.0.1:70000")]
    [TestCase("host:")]
    public void A_wrong_port_is_refused_at_once(string address) =>
        Assert.That(() => new MeshConfigBuilder().ForService("a", s => s.Endpoints(address)), Throws.ArgumentException.With.Message.Contains("write host:port"));
}
