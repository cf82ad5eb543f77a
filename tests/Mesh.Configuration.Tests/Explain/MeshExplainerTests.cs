using Mesh.Configuration.Explain;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Explain;

public sealed class MeshExplainerTests
{
    private const string Reviews = """
        apiVersion: v1
        kind: Service
        metadata: { name: reviews }
        spec:
          selector: { app: reviews }
          ports: [{ name: http, port: 9080 }]
        ---
        apiVersion: networking.istio.io/v1
        kind: WorkloadEntry
        metadata: { name: one }
        spec: { address: 10.0.0.1, labels: { app: reviews, version: v1 } }
        ---
        apiVersion: networking.istio.io/v1
        kind: WorkloadEntry
        metadata: { name: two }
        spec: { address: 10.0.0.2, labels: { app: reviews, version: v2 } }
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: reviews }
        spec:
          host: reviews
          trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } }
          subsets:
          - { name: v1, labels: { version: v1 } }
          - { name: v2, labels: { version: v2 } }
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: reviews }
        spec:
          hosts: [reviews]
          http:
          - match:
            - sourceLabels: { app: other }
            - headers: { end-user: { exact: jason } }
              uri: { prefix: /reviews }
            route:
            - destination: { host: reviews, subset: v2 }
            rewrite: { uri: /v2/reviews }
          - name: everybody
            route:
            - { destination: { host: reviews, subset: v1 }, weight: 80, headers: { request: { set: { x-share: big } } } }
            - { destination: { host: reviews, subset: v2 }, weight: 20 }
            headers:
              request: { add: { x-rule: "yes" } }
              response: { remove: [server] }
            timeout: 1s
            retries: { attempts: 3, perTryTimeout: 500ms, retryOn: "gateway-error,503" }
            mirror: { host: reviews, subset: v2 }
            mirrorPercentage: { value: 10 }
            fault: { delay: { fixedDelay: 2s, percentage: { value: 5 } }, abort: { httpStatus: 418, percentage: { value: 1 } } }
        """;

    [Test]
    public void The_rule_that_matches_decides_and_the_others_say_why_not()
    {
        var explanation = Explained.By(Reviews, "http://reviews:9080/reviews/0?x=1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(explanation.Outcome, Is.EqualTo(ExplainedOutcome.Route));
            Assert.That(explanation.Status, Is.Null);
            Assert.That(explanation.Config, Is.EqualTo("VirtualService default/reviews"));
            Assert.That(explanation.Rule, Is.EqualTo(new ExplainedRule(1, "everybody", null)));
            Assert.That(explanation.Timeout, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(explanation.Retries!.RetryOn, Is.EqualTo(new[] { "gateway-error", "503" }));
            Assert.That(explanation.Retries, Has.Property("Attempts").EqualTo(3));
            Assert.That(explanation.Mirrors, Is.EqualTo(new[] { new ExplainedMirror("outbound|9080|v2|reviews.default.svc.cluster.local", 10) }));
            Assert.That(explanation.Fault, Is.EqualTo(new ExplainedFault(new ExplainedDelay(TimeSpan.FromSeconds(2), 5), new ExplainedAbort(418, null, 1))));
            Assert.That(explanation.Response.RemoveHeaders, Is.EqualTo(new[] { "server" }));
            Assert.That(explanation.Considered, Is.EqualTo(new[]
            {
                new ConsideredMatch("VirtualService default/reviews", 0, 1, false, "header end-user: exact \"jason\" ≠ absent"),
                new ConsideredMatch("VirtualService default/reviews", 1, null, true, "the rule has no conditions"),
            }));
        }
    }

    [Test]
    public void Destinations_say_their_share_their_endpoints_and_the_request_they_see()
    {
        var big = Explained.By(Reviews, "http://reviews:9080/reviews/0?x=1", ("X-Rule", "no")).Destinations[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(big with { Request = null, Endpoints = [] }, Is.EqualTo(new ExplainedDestination
            {
                Host = "reviews.default.svc.cluster.local",
                Namespace = "default",
                Service = "reviews",
                Port = 9080,
                Subset = "v1",
                Weight = 80,
                Share = 0.8,
                Cluster = "outbound|9080|v1|reviews.default.svc.cluster.local",
                Endpoints = [],
                LoadBalancer = "ROUND_ROBIN",
            }));
            Assert.That(big.Endpoints, Is.EqualTo(new[] { "10.0.0.1:9080" }));
            Assert.That(big.Request, Has.Property("Method").EqualTo("GET").And.Property("Path").EqualTo("/reviews/0?x=1").And.Property("Authority").EqualTo("reviews:9080"));
            Assert.That(big.Request!.Headers, Is.EqualTo(new Dictionary<string, string> { ["X-Rule"] = "no,yes", ["x-share"] = "big" }));
        }
    }

    [Test]
    public void A_rewrite_replaces_what_the_alternative_matched()
    {
        var explanation = Explained.By(Reviews, "http://reviews:9080/reviews/0?x=1", ("end-user", "jason"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(explanation.Rule, Is.EqualTo(new ExplainedRule(0, null, 1)), "the position in the document, although the first alternative is for other workloads");
            Assert.That(explanation.Destinations.Single().Request!.Path, Is.EqualTo("/v2/reviews/0?x=1"));
        }
    }

    [Test]
    public void Hosts_the_mesh_does_not_know_pass_through_or_are_refused()
    {
        var refusing = new MeshModel { OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Explained.By(Reviews, "http://example.org/"), Has.Property("Outcome").EqualTo(ExplainedOutcome.Passthrough).And.Property("Status").Null);
            Assert.That(Explained.By(refusing, Explained.Request("http://example.org/")), Has.Property("Outcome").EqualTo(ExplainedOutcome.Blackhole).And.Property("Status").EqualTo(502));
        }
    }

    [Test]
    public void A_request_no_rule_matches_is_not_found_unless_the_service_falls_through()
    {
        var service = Explained.Service("catalog", Explained.To(Explained.Forward("catalog"), new RouteMatch { Path = new PathMatch(MatchKind.Exact, "/a") }));
        var request = Explained.Request("http://catalog/b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Explained.By(new MeshModel { Services = [service] }, request), Has.Property("Outcome").EqualTo(ExplainedOutcome.NotFound).And.Property("Status").EqualTo(404));
            Assert.That(Explained.By(new MeshModel { Services = [service with { FallThrough = true }] }, request), Has.Property("Outcome").EqualTo(ExplainedOutcome.Route).And.Property("Rule").Null);
        }
    }

    [Test]
    public void Shares_that_lead_nowhere_carry_their_status_and_when_all_do_the_answer_is_an_error()
    {
        var action = new ForwardAction
        {
            Destinations =
            [
                new RouteDestination(new ClusterKey("catalog", 80), 3),
                new RouteDestination(new ClusterKey("gone", 80), 1),
                new RouteDestination(new ClusterKey("forbidden", 80), 4) { ErrorStatus = 500 },
            ],
        };
        var half = Explained.By(new MeshModel { Services = [Explained.Service("catalog", Explained.To(action))] }, Explained.Request("http://catalog/"));
        var subset = new ForwardAction { Destinations = [new RouteDestination(new ClusterKey("catalog", 80, "v9"))] };
        var none = Explained.By(new MeshModel { Services = [Explained.Service("catalog", Explained.To(subset))] }, Explained.Request("http://catalog/"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(half.Outcome, Is.EqualTo(ExplainedOutcome.Route));
            Assert.That(half.Destinations.Select(static d => (d.Share, d.Status)), Is.EqualTo(new (double, int?)[] { (0.375, null), (0.125, 503), (0.5, 500) }));
            Assert.That(none, Has.Property("Outcome").EqualTo(ExplainedOutcome.Error).And.Property("Status").EqualTo(503));
            Assert.That(none.Notes.Single(), Does.Contain("no DestinationRule defines subset v9 of catalog"));
        }
    }

    [Test]
    public void The_service_that_is_dialled_decides_and_the_host_header_is_only_data()
    {
        var model = new MeshModel { Services = [Explained.Service("a.shop.svc.cluster.local"), Explained.Service("b")] };
        var explanation = Explained.By(model, Explained.Request("http://b/x") with { Dial = new DialledService("a", "shop", 80), Host = "other:1" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(explanation.Destinations.Single().Host, Is.EqualTo("a.shop.svc.cluster.local"));
            Assert.That(explanation.Destinations.Single().Request!.Authority, Is.EqualTo("other:1"));
        }
    }

    [TestCase("http://catalog/", 8080, TestName = "Without_a_port_the_first_that_speaks_http_is_meant")]
    [TestCase("http://catalog:9000/", 9000, TestName = "An_explicit_port_means_itself")]
    public void Ports(string url, int port)
    {
        var service = Explained.Service("catalog") with { Ports = [new ServicePort(9000, "tcp", PortProtocol.Tcp), new ServicePort(8080)] };
        Assert.That(Explained.By(new MeshModel { Services = [service] }, Explained.Request(url)).Destinations.Single().Port, Is.EqualTo(port));
    }

    [Test]
    public void A_direct_response_shows_its_body()
    {
        var rule = new RouteRule { Action = new DirectResponseAction { StatusCode = 503, Body = "closed"u8.ToArray() } };
        var explanation = Explained.By(new MeshModel { Services = [Explained.Service("catalog", rule)] }, Explained.Request("http://catalog/"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(explanation, Has.Property("Outcome").EqualTo(ExplainedOutcome.DirectResponse).And.Property("Status").EqualTo(503));
            Assert.That(explanation.DirectResponse, Is.EqualTo(new ExplainedDirectResponse(503, "closed")));
        }
    }

    [Test]
    public void The_authority_of_a_rewrite_wins_over_header_edits_and_the_rule_over_the_destination()
    {
        static HeaderOperations Host(string value) => new() { Set = ModelMap.Of(("host", value)) };
        var action = new ForwardAction
        {
            Destinations = [new RouteDestination(new ClusterKey("catalog", 80)) { RequestHeaders = Host("of-destination") }],
            RequestHeaders = Host("of-rule"),
        };
        string AuthorityUnder(ForwardAction forward) =>
            Explained.By(new MeshModel { Services = [Explained.Service("catalog", Explained.To(forward))] }, Explained.Request("http://catalog/")).Destinations[0].Request!.Authority;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AuthorityUnder(action with { Rewrite = new Rewrite { Authority = "of-rewrite" } }), Is.EqualTo("of-rewrite"));
            Assert.That(AuthorityUnder(action), Is.EqualTo("of-rule"));
            Assert.That(AuthorityUnder(action with { RequestHeaders = HeaderOperations.None }), Is.EqualTo("of-destination"));
        }
    }
}
