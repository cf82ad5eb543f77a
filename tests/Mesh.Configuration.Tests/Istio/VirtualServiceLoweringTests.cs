using System.Text;
using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

public class VirtualServiceLoweringTests
{
    private const string Catalog = "catalog.default.svc.cluster.local";
    private static readonly string s_services = Yaml.Service("catalog") + Yaml.Service("stock", ports: "[{port: 80, name: http}, {port: 9080, name: http2-api}]");

    [Test]
    public void A_service_without_rules_falls_through_to_its_cluster()
    {
        var service = Lowered.From(s_services).Service("catalog");
        Assert.That(service.Name, Is.EqualTo(Catalog));
        Assert.That(service.FallThrough, Is.True);
        Assert.That(service.Rules, Is.Empty);
        Assert.That(service.Clusters.Single().Key, Is.EqualTo(new ClusterKey(Catalog, 80)));
        Assert.That(service.DiscoveryName, Is.EqualTo("catalog"));
    }

    [Test]
    public void A_service_with_rules_answers_404_beyond_them()
    {
        var service = Lowered.From(s_services + Yaml.Rule("match: [{uri: {prefix: /api}}]\nroute: [{destination: {host: catalog}}]")).Service("catalog");
        Assert.That(service.FallThrough, Is.False);
        Assert.That(service.RulePorts, Is.Empty);
        Assert.That(service.Rules.Single().Matches.Single().Path, Is.EqualTo(new PathMatch(MatchKind.Prefix, "/api")));
        Assert.That(service.Rules[0].Origin!.ToString(), Is.EqualTo("VirtualService default/catalog"));
        Assert.That(service.Rules[0].Name, Is.EqualTo("default/catalog#0"));
    }

    [Test]
    public void A_rule_without_a_match_takes_everything_and_ends_the_list()
    {
        var rules = Lowered.From(s_services + Yaml.VirtualService("catalog", """
            hosts: [catalog]
            http:
            - route: [{destination: {host: catalog}}]
            - match: [{uri: {prefix: /never}}]
              route: [{destination: {host: stock}}]
            """)).Service("catalog").Rules;
        Assert.That(rules.Single().Matches, Is.Empty);
    }

    [TestCase("{uri: {prefix: /}}")]
    [TestCase("{uri: {regex: .*}}")]
    [TestCase("{}")]
    public void A_catch_all_match_ends_the_list(string match)
    {
        var rules = Lowered.From(s_services + Yaml.VirtualService("catalog", $$$"""
            hosts: [catalog]
            http:
            - match: [{{{match}}}]
              route: [{destination: {host: catalog}}]
            - route: [{destination: {host: stock}}]
            """)).Service("catalog").Rules;
        Assert.That(rules, Has.Count.EqualTo(1));
    }

    [Test]
    public void Matches_are_alternatives_and_their_conditions_all_hold()
    {
        var matches = Lowered.From(s_services + Yaml.Rule("""
            match:
            - name: first
              uri: {exact: /a}
              method: {exact: GET}
              scheme: {exact: http}
              authority: {prefix: catalog}
              headers: {end-user: {exact: jason}}
              queryParams: {q: {regex: "[a-z]+"}}
            - uri: {regex: "/b/.*"}
            route: [{destination: {host: catalog}}]
            """)).Service("catalog").Rules.Single().Matches;
        Assert.That(matches, Has.Count.EqualTo(2));
        Assert.That(matches[0], Is.EqualTo(new RouteMatch
        {
            Name = "first",
            Path = new PathMatch(MatchKind.Exact, "/a"),
            Method = new StringMatch(MatchKind.Exact, "GET"),
            Scheme = new StringMatch(MatchKind.Exact, "http"),
            Authority = new StringMatch(MatchKind.Prefix, "catalog"),
            Headers = [new HeaderMatch("end-user", new StringMatch(MatchKind.Exact, "jason"))],
            QueryParams = [new QueryMatch("q", new StringMatch(MatchKind.Regex, "[a-z]+"))],
        }));
        Assert.That(matches[1].Path, Is.EqualTo(new PathMatch(MatchKind.Regex, "/b/.*")));
    }

    [Test]
    public void An_empty_test_and_a_star_mean_present()
    {
        var match = Lowered.From(s_services + Yaml.Rule("""
            match: [{headers: {a: {}, b: {regex: "*"}}, withoutHeaders: {c: {}, d: {regex: ".*"}}, uri: {prefix: /A}, ignoreUriCase: true}]
            route: [{destination: {host: catalog}}]
            """)).Service("catalog").Rules.Single().Matches.Single();
        Assert.That(match.Headers, Is.EqualTo(new[]
        {
            new HeaderMatch("a", new StringMatch(MatchKind.Present)),
            new HeaderMatch("b", new StringMatch(MatchKind.Present)),
            new HeaderMatch("c", new StringMatch(MatchKind.Present), Invert: true),
            new HeaderMatch("d", new StringMatch(MatchKind.Regex, ".*"), Invert: true),
        }));
        Assert.That(match.Path!.IgnoreCase, Is.True);
    }

    [TestCase("sourceLabels: {app: web}", true)]
    [TestCase("sourceLabels: {app: other}", false)]
    [TestCase("sourceNamespace: default", true)]
    [TestCase("sourceNamespace: other", false)]
    [TestCase("gateways: [mesh], sourceLabels: {app: other}", true)]
    [TestCase("gateways: [edge]", false)]
    [TestCase("port: 80", true)]
    [TestCase("port: 81", false)]
    public void Conditions_on_the_workload_are_decided_when_the_model_is_built(string condition, bool kept)
    {
        var options = new LoweringOptions { Workload = new Workload { Labels = ModelMap.Of(("app", "web")) } };
        var service = Lowered.From(s_services + Yaml.Rule($"match: [{{uri: {{prefix: /x}}, {condition}}}]\nroute: [{{destination: {{host: catalog}}}}]"), options).Service("catalog");
        Assert.That(service.Rules, Has.Count.EqualTo(kept ? 1 : 0));
        Assert.That(service.FallThrough, Is.EqualTo(!kept), "a table that stays empty is as none");
    }

    [Test]
    public void A_port_no_rule_is_for_is_served_without_rules()
    {
        var service = Lowered.From(s_services + Yaml.VirtualService("stock", """
            hosts: [stock]
            http:
            - match: [{port: 9080}]
              route: [{destination: {host: stock, port: {number: 9080}}}]
            """)).Service("stock");
        Assert.That(service.RulePorts, Is.EqualTo(new[] { 9080 }));
        Assert.That(service.Rules.Single().Matches.Single().Port, Is.EqualTo(9080));
    }

    [TestCase("{host: catalog}", "outbound|80||catalog.default.svc.cluster.local", Description = "the only port")]
    [TestCase("{host: stock}", "outbound|0||stock.default.svc.cluster.local", Description = "the port of the request")]
    [TestCase("{host: stock, port: {number: 9080}}", "outbound|9080||stock.default.svc.cluster.local", Description = "the stated port")]
    [TestCase("{host: catalog, subset: v1}", "outbound|80|v1|catalog.default.svc.cluster.local")]
    [TestCase("{host: nowhere.example.com}", "outbound|0||nowhere.example.com")]
    [TestCase("{host: catalog.default.svc.cluster.local}", "outbound|80||catalog.default.svc.cluster.local")]
    public void A_destination_names_a_cluster(string destination, string cluster) =>
        Assert.That(Lowered.From(s_services + Yaml.Rule($"route: [{{destination: {destination}}}]")).Forward("catalog").Destinations.Single().Cluster.ToString(), Is.EqualTo(cluster));

    [Test]
    public void Short_names_belong_to_the_namespace_of_the_document()
    {
        var yaml = Yaml.Service("catalog", "shop") + Yaml.Service("stock", "shop")
            + Yaml.VirtualService("catalog", "hosts: [catalog]\nhttp: [{route: [{destination: {host: stock}}]}]", "shop");
        var service = Lowered.From(yaml).Service("catalog.shop");
        Assert.That(service.Hosts, Does.Not.Contain("catalog"));
        Assert.That(((ForwardAction)service.Rules.Single().Action).Destinations.Single().Cluster.Service, Is.EqualTo("stock.shop.svc.cluster.local"));
    }

    [Test]
    public void Weights_are_kept_and_entries_without_one_dropped_unless_alone()
    {
        var split = Lowered.From(s_services + Yaml.Rule("""
            route:
            - {destination: {host: catalog, subset: v1}, weight: 90}
            - {destination: {host: catalog, subset: v2}, weight: 10}
            - {destination: {host: catalog, subset: v3}}
            """)).Forward("catalog").Destinations;
        Assert.That(split.Select(static d => (d.Cluster.Subset, d.Weight)), Is.EqualTo(new[] { ("v1", 90), ("v2", 10) }));
        Assert.That(Lowered.From(s_services + Yaml.Rule("route: [{destination: {host: catalog}}]")).Forward("catalog").Destinations.Single().Weight, Is.EqualTo(1));
    }

    [Test]
    public void Edits_of_a_rule_and_of_a_destination_stay_apart()
    {
        var forward = Lowered.From(s_services + Yaml.Rule("""
            headers: {request: {set: {a: "1"}, remove: [x]}, response: {add: {b: "2"}}}
            route: [{destination: {host: catalog}, headers: {request: {add: {c: "3"}}, response: {remove: [d]}}}]
            """)).Forward("catalog");
        Assert.That(forward.RequestHeaders, Is.EqualTo(new HeaderOperations { Set = ModelMap.Of(("a", "1")), Remove = ["x"] }));
        Assert.That(forward.ResponseHeaders.Add, Is.EqualTo(ModelMap.Of(("b", "2"))));
        Assert.That(forward.Destinations[0].RequestHeaders.Add, Is.EqualTo(ModelMap.Of(("c", "3"))));
        Assert.That(forward.Destinations[0].ResponseHeaders.Remove, Is.EqualTo(new[] { "d" }));
    }

    [Test]
    public void Rewrite_timeout_and_fault_are_lowered()
    {
        var forward = Lowered.From(s_services + Yaml.Rule("""
            rewrite: {uri: /new, authority: other}
            timeout: 1.5s
            retries: {attempts: 4, perTryTimeout: 300ms, retryOn: "5xx,429"}
            fault: {delay: {fixedDelay: 2s, percentage: {value: 12.5}}, abort: {httpStatus: 418, percentage: {value: 0.1}}}
            route: [{destination: {host: catalog}}]
            """)).Forward("catalog");
        Assert.That(forward.Rewrite, Is.EqualTo(new Rewrite { Path = "/new", Authority = "other" }));
        Assert.That(forward.Timeout, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
        Assert.That(forward.Retries.Attempts, Is.EqualTo(4));
        Assert.That(forward.Retries.StatusCodes, Is.EqualTo(new[] { 429 }));
        Assert.That(forward.Fault, Is.EqualTo(new Fault { Delay = TimeSpan.FromSeconds(2), DelayPercent = 12.5, AbortHttpStatus = 418, AbortPercent = 0.1 }));
    }

    [Test]
    public void A_fault_without_a_share_hits_nobody_and_is_warned_of()
    {
        var lowered = Lowered.From(s_services + Yaml.Rule("fault: {abort: {httpStatus: 500}}\nroute: [{destination: {host: catalog}}]"));
        Assert.That(lowered.Forward("catalog").Fault, Is.Null);
        Assert.That(lowered.Warnings, Has.Some.Contains("spec.http[0].fault.abort: without a percentage the fault hits nobody"));
    }

    [Test]
    public void A_timeout_of_zero_is_none() =>
        Assert.That(Lowered.From(s_services + Yaml.Rule("timeout: 0s\nroute: [{destination: {host: catalog}}]")).Forward("catalog").Timeout, Is.Null);

    [Test]
    public void Mirrors_take_everything_unless_a_share_is_given()
    {
        var one = Lowered.From(s_services + Yaml.Rule("mirror: {host: stock, port: {number: 80}}\nroute: [{destination: {host: catalog}}]")).Forward("catalog").Mirrors;
        Assert.That(one.Single(), Is.EqualTo(new Mirror(new ClusterKey("stock.default.svc.cluster.local", 80))));
        var several = Lowered.From(s_services + Yaml.Rule("""
            mirrors: [{destination: {host: stock}, percentage: {value: 5}}, {destination: {host: catalog}, percentage: {value: 0}}]
            route: [{destination: {host: catalog}}]
            """)).Forward("catalog").Mirrors;
        Assert.That(several.Single().Percent, Is.EqualTo(5));
    }

    [Test]
    public void Redirects_and_direct_responses_forward_nothing()
    {
        var redirect = Lowered.From(s_services + Yaml.Rule("redirect: {uri: /x, derivePort: FROM_REQUEST_PORT}")).Service("catalog").Rules.Single().Action;
        Assert.That(redirect, Is.EqualTo(new RedirectAction { Path = "/x", DerivePortFromRequest = true, StatusCode = 301 }));
        var reply = (DirectResponseAction)Lowered.From(s_services + Yaml.Rule("directResponse: {status: 503, body: {bytes: aGk=}}")).Service("catalog").Rules.Single().Action;
        Assert.That(Encoding.UTF8.GetString(reply.Body.Span), Is.EqualTo("hi"));
        Assert.That(reply.StatusCode, Is.EqualTo(503));
    }

    [Test]
    public void The_most_specific_host_decides_and_of_equals_the_oldest()
    {
        var yaml = s_services
            + Yaml.VirtualService("wild", "hosts: ['*.default.svc.cluster.local']\nhttp: [{name: wild, route: [{destination: {host: stock}}]}]")
            + Yaml.VirtualService("a-young", "hosts: [catalog]\nhttp: [{name: young, route: [{destination: {host: stock}}]}]", created: "2024-01-02T00:00:00Z")
            + Yaml.VirtualService("b-old", "hosts: [catalog]\nhttp: [{name: old, route: [{destination: {host: stock}}]}]", created: "2024-01-01T00:00:00Z");
        var lowered = Lowered.From(yaml);
        Assert.That(lowered.Service("catalog").Rules.Single().Name, Is.EqualTo("old"));
        Assert.That(lowered.Service("stock").Rules.Single().Name, Is.EqualTo("wild"));
        Assert.That(lowered.Model.Services, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_host_that_is_no_service_is_served_on_port_80()
    {
        var service = Lowered.From(s_services + Yaml.VirtualService("v", "hosts: [www.example.com, '*.example.org']\nhttp: [{route: [{destination: {host: catalog}}]}]")).Service("www.example.com");
        Assert.That(service.Hosts, Is.EqualTo(new[] { "www.example.com", "*.example.org" }));
        Assert.That(service.RulePorts, Is.EqualTo(new[] { 80 }));
        Assert.That(service.Endpoints, Is.Empty);
        Assert.That(service.FallThrough, Is.False);
    }

    [Test]
    public void Rules_of_a_gateway_and_rules_not_exported_are_not_the_workloads()
    {
        var yaml = s_services + Yaml.Service("web", "other")
            + Yaml.VirtualService("edge", "hosts: [catalog]\ngateways: [edge]\nhttp: [{route: [{destination: {host: stock}}]}]")
            + Yaml.VirtualService("private", "hosts: [stock.default.svc.cluster.local]\nexportTo: ['.']\nhttp: [{route: [{destination: {host: web}}]}]", "other");
        var lowered = Lowered.From(yaml);
        Assert.That(lowered.Service("catalog").Rules, Is.Empty);
        Assert.That(lowered.Service("stock").Rules, Is.Empty);
        Assert.That(lowered.Warnings, Has.Some.Contains("there is no Gateway 'edge'"));
    }

    [Test]
    public void Names_that_lead_nowhere_are_warnings_with_their_place()
    {
        var lowered = Lowered.From(s_services + Yaml.Rule("route: [{destination: {host: catalog, subset: v9}, weight: 1}, {destination: {host: nowhere}, weight: 1}, {destination: {host: stock, port: {number: 1}}, weight: 1}]"));
        Assert.That(lowered.Errors, Is.Empty);
        Assert.That(lowered.Warnings, Has.Some.Contains("spec.http[0].route[0].destination.subset: no DestinationRule for 'catalog.default.svc.cluster.local' has a subset 'v9'"));
        Assert.That(lowered.Warnings, Has.Some.Contains("spec.http[0].route[1].destination.host: there is no service 'nowhere.default.svc.cluster.local'"));
        Assert.That(lowered.Warnings, Has.Some.Contains("spec.http[0].route[2].destination.port: service 'stock.default.svc.cluster.local' has no port 1"));
        Assert.That(lowered.Problems, Has.All.Matches<Mesh.Diagnostics.ConfigProblem>(static p => p is not null && p.Line > 0 && p.Column > 0));
    }
}
