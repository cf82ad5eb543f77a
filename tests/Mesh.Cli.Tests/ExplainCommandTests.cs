using System.Text.Json;

namespace Mesh.Cli.Tests;

public sealed class ExplainCommandTests
{
    private Meshctl _meshctl = null!;

    [SetUp]
    public void SetUp() => _meshctl = new Meshctl();

    [TearDown]
    public void TearDown() => _meshctl.Dispose();

    [Test]
    public async Task Programs_get_the_decision_as_json_with_every_field()
    {
        var path = _meshctl.File("mesh.yaml", Reviews.Yaml);
        var result = await Meshctl.RunAsync("explain", path, "--request", "GET http://reviews:9080/reviews/0?x=1", "-H", "X-B: 2", "-o", "json");
        Assert.That(result.Code, Is.Zero);
        Assert.That(JsonDocument.Parse(result.Output).RootElement.ToString(), Is.EqualTo(JsonDocument.Parse("""
            {
              "outcome": "route",
              "status": null,
              "config": "VirtualService default/reviews",
              "rule": {
                "index": 2,
                "name": null,
                "match": null
              },
              "destinations": [
                {
                  "host": "reviews.default.svc.cluster.local",
                  "namespace": "default",
                  "service": "reviews",
                  "port": 9080,
                  "subset": "v1",
                  "weight": 80,
                  "share": 0.8,
                  "cluster": "outbound|9080|v1|reviews.default.svc.cluster.local",
                  "endpoints": [],
                  "loadBalancer": "LEAST_REQUEST",
                  "request": {
                    "method": "GET",
                    "path": "/reviews/0?x=1",
                    "authority": "reviews.internal",
                    "headers": {
                      "X-B": "2",
                      "x-a": "1"
                    }
                  }
                },
                {
                  "host": "reviews.default.svc.cluster.local",
                  "namespace": "default",
                  "service": "reviews",
                  "port": 9080,
                  "subset": "v3",
                  "weight": 20,
                  "share": 0.2,
                  "cluster": "outbound|9080|v3|reviews.default.svc.cluster.local",
                  "endpoints": [],
                  "loadBalancer": null,
                  "request": null,
                  "status": 503
                }
              ],
              "response": {
                "setHeaders": {},
                "addHeaders": {},
                "removeHeaders": []
              },
              "redirect": null,
              "directResponse": null,
              "fault": null,
              "timeout": "1s",
              "retries": {
                "attempts": 2,
                "perTryTimeout": null,
                "retryOn": [
                  "connect-failure",
                  "refused-stream",
                  "unavailable",
                  "cancelled",
                  "retriable-status-codes"
                ]
              },
              "mirrors": [],
              "considered": [
                {
                  "config": "VirtualService default/reviews",
                  "rule": 0,
                  "match": 0,
                  "matched": false,
                  "because": "header end-user: exact \"jason\" ≠ absent"
                },
                {
                  "config": "VirtualService default/reviews",
                  "rule": 1,
                  "match": 0,
                  "matched": false,
                  "because": "path: prefix \"/old\" ≠ \"/reviews/0\""
                },
                {
                  "config": "VirtualService default/reviews",
                  "rule": 2,
                  "match": null,
                  "matched": true,
                  "because": "the rule has no conditions"
                }
              ]
            }
            """).RootElement.ToString()));
    }

    [Test]
    public async Task People_read_the_decision_and_why_the_other_rules_did_not_match()
    {
        var path = _meshctl.File("mesh.yaml", Reviews.Yaml);
        var result = await Meshctl.RunAsync("explain", path, "--request", "http://reviews:9080/reviews/0");
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Lines, Is.EqualTo(new[]
        {
            "GET http://reviews:9080/reviews/0 asks service reviews.default.svc.cluster.local, port 9080",
            "is sent on by VirtualService default/reviews, rule 2",
            "80 %      outbound|9080|v1|reviews.default.svc.cluster.local",
            "LEAST_REQUEST over endpoints from discovery",
            "sees host reviews.internal",
            "sees header x-a: 1",
            "20 %      outbound|9080|v3|reviews.default.svc.cluster.local",
            "answered with 503, not sent",
            "timeout   1s",
            "retries   2 on connect-failure, refused-stream, unavailable, cancelled, retriable-status-codes",
            "note      answered with 503: no DestinationRule defines subset v3 of reviews.default.svc.cluster.local",
            "rules in the order they were tried",
            "✗ VirtualService default/reviews rule 0 match 0  header end-user: exact \"jason\" ≠ absent",
            "✗ VirtualService default/reviews rule 1 match 0  path: prefix \"/old\" ≠ \"/reviews/0\"",
            "✓ VirtualService default/reviews rule 2          the rule has no conditions",
        }));
    }

    [Test]
    public async Task Nothing_is_coloured_where_nobody_looks()
    {
        var path = _meshctl.File("mesh.yaml", Reviews.Yaml);
        var result = await Meshctl.RunAsync("explain", path, "--request", "http://reviews:9080/old/1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Output, Does.Not.Contain("\u001b"));
            Assert.That(result.Lines[1], Is.EqualTo("is redirected with 302 to http://reviews:9080/new by VirtualService default/reviews, rule 1, match 0"));
        }
    }

    [Test]
    public async Task Documents_with_errors_are_left_out_and_the_rest_is_explained()
    {
        _meshctl.File("mesh/reviews.yaml", Reviews.Yaml);
        _meshctl.File("mesh/ratings.yaml", Reviews.Broken);
        var result = await Meshctl.RunAsync("explain", Path.Combine(_meshctl.Folder, "mesh"), "-r", "http://reviews/", "-H", "end-user: jason", "-o", "json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.Zero);
            Assert.That(result.Output, Does.Contain("\"name\": \"testers\""));
            Assert.That(result.Error, Does.StartWith("left out: ").And.Contain("VirtualService default/ratings").And.Contain("did you mean 'destination'"));
        }
    }

    [TestCase("", "say which request")]
    [TestCase("--request http://a/", "say which configuration")]
    [TestCase("mesh.yaml --request reviews", "'reviews' is not an address")]
    [TestCase("mesh.yaml --request http://a/ -H nonsense", "'nonsense' is not a header")]
    [TestCase("mesh.yaml --request http://a/ --labels app", "'app' is not a label")]
    [TestCase("nowhere.yaml --request http://a/", "nowhere.yaml does not exist")]
    [TestCase("--batch nowhere.jsonl", "nowhere.jsonl does not exist")]
    [TestCase("mesh.yaml --request http://a/ -o xml", "xml")]
    [TestCase("mesh.yaml --unknown", "--unknown")]
    public async Task Wrong_command_lines_return_2_and_say_what_is_wrong(string arguments, string message)
    {
        var path = _meshctl.File("mesh.yaml", Reviews.Yaml);
        var result = await Meshctl.RunAsync(["explain", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a == "mesh.yaml" ? path : a)]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.Contain(message));
        }
    }

    [Test]
    public async Task The_help_has_examples()
    {
        var result = await Meshctl.RunAsync("explain", "--help");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.Zero);
            Assert.That(result.Output, Does.Contain("meshctl explain mesh/ --request 'GET http://reviews:9080/reviews/0' -H 'end-user: jason'"));
        }
    }

    [Test]
    public async Task The_workload_decides_which_alternatives_there_are()
    {
        var path = _meshctl.File("mesh.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: { name: a, namespace: shop }
            spec:
              hosts: [a.shop.svc.cluster.local]
              http:
              - match: [{ sourceLabels: { app: x }, sourceNamespace: other }]
                directResponse: { status: 200 }
              - directResponse: { status: 403 }
            """);
        var other = await Meshctl.RunAsync("explain", path, "-r", "http://a.shop/", "-n", "other", "-l", "app=x,version=v1");
        var same = await Meshctl.RunAsync("explain", path, "-r", "http://a.shop/", "-n", "shop", "-l", "app=x");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(other.Lines[1], Does.StartWith("is answered with 200"));
            Assert.That(same.Lines[1], Does.StartWith("is answered with 403"));
            Assert.That(same.Lines[^2..], Is.EqualTo(new[] { "not for this caller", "✗ VirtualService shop/a rule 0 match 0  sourceNamespace: \"other\" ≠ \"shop\"" }));
        }
    }

    [Test]
    public async Task Services_that_nobody_declares_are_taken_to_exist_unless_told_otherwise()
    {
        var path = _meshctl.File("mesh.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: { name: a }
            spec: { hosts: [a], http: [{ route: [{ destination: { host: b } }] }] }
            """);
        var assumed = await Meshctl.RunAsync("explain", path, "-r", "http://a:8080/", "-o", "json");
        var declared = await Meshctl.RunAsync("explain", path, "-r", "http://a.default.svc.cluster.local/", "--declared-services-only", "-o", "json");
        var given = await Meshctl.RunAsync("explain", path, "-r", "http://a/", "--declared-services-only", "--service", "a", "--service", "b", "-o", "json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(assumed.Output, Does.Contain("\"cluster\": \"outbound|8080||b.default.svc.cluster.local\""));
            Assert.That(declared.Output, Does.Contain("\"outcome\": \"error\"").And.Contain("\"status\": 503"));
            Assert.That(given.Output, Does.Contain("\"outcome\": \"route\""));
        }
    }

    [TestCase("useSourceIp: true", "--client-ip", "10.1.2.3", "sticks by address 10.1.2.3")]
    [TestCase("useSourceIp: true", "-H", "x: 1", "sticks by the caller's address")]
    [TestCase("httpHeaderName: end-user", "-H", "end-user: jason", "sticks by header end-user = \"jason\"")]
    [TestCase("httpHeaderName: end-user", "-H", "x: 1", "sticks by header end-user, which is absent: chance decides")]
    [TestCase("httpQueryParameterName: x", "-H", "x: 1", "sticks by query parameter x = \"1\"")]
    [TestCase("httpCookie: { name: user, ttl: 0s }", "-H", "cookie: a=b; user=jason", "sticks by cookie user = \"jason\"")]
    [TestCase("httpCookie: { name: user, ttl: 0s }", "-H", "x: 1", "sticks by cookie user, which its answer sets")]
    public async Task The_key_of_sticky_requests_is_said(string key, string option, string value, string expected)
    {
        var path = _meshctl.File("mesh.yaml", Reviews.Yaml);
        var policy = _meshctl.File("policy.yaml", $$"""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: { name: ratings }
            spec: { host: ratings, trafficPolicy: { loadBalancer: { consistentHash: { {{key}} } } } }
            """);
        var result = await Meshctl.RunAsync("explain", path, policy, "--request", "http://ratings:9080/?x=1", option, value);
        Assert.That(result.Lines, Has.Some.EqualTo(expected), result.Output);
    }

    [Test]
    public async Task An_address_that_is_none_is_a_mistake_of_usage()
    {
        var result = await Meshctl.RunAsync("explain", _meshctl.File("mesh.yaml", Reviews.Yaml), "--request", "http://reviews:9080/", "--client-ip", "here");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("'here' is not an IP address"));
    }

    [Test]
    public async Task Mesh_wide_defaults_count()
    {
        var path = _meshctl.File("mesh.yaml", Reviews.Yaml);
        var meshConfig = _meshctl.File("meshconfig.yaml", """
            outboundTrafficPolicy: { mode: REGISTRY_ONLY }
            defaultHttpRetryPolicy: { attempts: 5 }
            """);
        var unknown = await Meshctl.RunAsync("explain", path, "--mesh-config", meshConfig, "--request", "http://elsewhere.example/", "-o", "json");
        Assert.That(JsonDocument.Parse(unknown.Output).RootElement.GetProperty("outcome").GetString(), Is.EqualTo("blackhole"));

        var known = await Meshctl.RunAsync("explain", path, "--mesh-config", meshConfig, "--request", "http://reviews:9080/", "-o", "json");
        Assert.That(JsonDocument.Parse(known.Output).RootElement.GetProperty("retries").GetProperty("attempts").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public async Task What_is_wrong_with_the_mesh_wide_defaults_is_said()
    {
        var path = _meshctl.File("mesh.yaml", Reviews.Yaml);
        var wrong = await Meshctl.RunAsync("explain", path, "--mesh-config", _meshctl.File("meshconfig.yaml", "connectTimeout: soon"), "--request", "http://reviews:9080/");
        Assert.That(wrong.Error, Does.Contain("connectTimeout"));

        var missing = await Meshctl.RunAsync("explain", path, "--mesh-config", path + ".none", "--request", "http://reviews:9080/");
        Assert.That((missing.Code, missing.Error.Contains("does not exist", StringComparison.Ordinal)), Is.EqualTo((2, true)), missing.Error);
    }
}
