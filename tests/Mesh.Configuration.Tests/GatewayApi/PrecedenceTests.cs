using Mesh.Model;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>Which of several matching rules wins, over all rules of all routes.</summary>
public sealed class PrecedenceTests
{
    private static readonly string s_services = Routed.Services("default", "shop", "a", "b");

    // The better one is written second, so that order alone would choose the other.
    [TestCase("{path: {value: /x}}", "{path: {type: Exact, value: /x/y}}")]
    [TestCase("{path: {value: /x}, method: GET}", "{path: {value: /x/y}}")]
    [TestCase("{path: {value: /x}, headers: [{name: h, value: v}]}", "{path: {value: /x}, method: GET}")]
    [TestCase("{path: {value: /x}, queryParams: [{name: q, value: v}]}", "{path: {value: /x}, headers: [{name: h, value: v}]}")]
    [TestCase("{path: {value: /x}}", "{path: {value: /x}, queryParams: [{name: q, value: v}]}")]
    [TestCase("{headers: [{name: h, value: v}, {name: g, value: v}], method: GET}", "{path: {value: /x}}")]
    [TestCase("{path: {value: /x}}", "{path: {type: RegularExpression, value: '/x/.'}}")]
    [TestCase("{path: {type: RegularExpression, value: '/x/.*'}}", "{path: {type: Exact, value: /x/y}}")]
    [TestCase("{path: {value: /x/}}", "{path: {value: /x}, method: GET}")]
    public void The_more_specific_match_wins_wherever_it_stands(string weaker, string stronger)
    {
        var mesh = Routed.By(s_services + Routed.OnService("r1", Routed.To("a", weaker)) + Routed.OnService("r2", Routed.To("b", stronger)));
        var swapped = Routed.By(s_services + Routed.OnService("r1", Routed.To("b", stronger)) + Routed.OnService("r2", Routed.To("a", weaker)));

        Assert.That(mesh.Answer("http://shop/x/y?q=v", headers: [("h", "v"), ("g", "v")]), Is.EqualTo("b"));
        Assert.That(swapped.Answer("http://shop/x/y?q=v", headers: [("h", "v"), ("g", "v")]), Is.EqualTo("b"));
    }

    [Test]
    public void Order_is_one_of_matches_and_a_rule_is_taken_apart_for_it()
    {
        var mesh = Routed.By(s_services + Routed.OnService("r", Routed.To("a", "{path: {value: /}}, {path: {type: Exact, value: /x}}") + "\n" + Routed.To("b", "{path: {value: /x}}")));

        Assert.That(mesh.Answer("http://shop/x"), Is.EqualTo("a"));
        Assert.That(mesh.Answer("http://shop/x/y"), Is.EqualTo("b"));
        Assert.That(mesh.Ask("http://shop/x").Rule!.Match, Is.EqualTo(1), "as written");
        Assert.That(mesh.Ask("http://shop/z").Rule, Is.EqualTo(mesh.Ask("http://shop/z").Rule! with { Index = 0, Match = 0 }));
    }

    [Test]
    public void Of_equals_the_older_then_the_alphabet_then_the_order_in_the_document_decide()
    {
        string Dated(string name, string to, string? time) => Routed.OnService(name, Routed.To(to)).Replace($"name: {name},", $"name: {name},{(time is null ? "" : $" creationTimestamp: \"{time}\",")}", StringComparison.Ordinal);

        Assert.That(Routed.By(s_services + Routed.OnService("z", Routed.To("a")) + Routed.OnService("c", Routed.To("b"))).Answer("http://shop/"), Is.EqualTo("b"));
        Assert.That(Routed.By(s_services + Dated("z", "a", "2020-01-01T00:00:00Z") + Dated("c", "b", "2021-01-01T00:00:00Z")).Answer("http://shop/"), Is.EqualTo("a"));
        Assert.That(Routed.By(s_services + Routed.OnService("r", Routed.To("a") + "\n" + Routed.To("b"))).Answer("http://shop/"), Is.EqualTo("a"));
    }

    [TestCase("/v2", "/v2", true)]
    [TestCase("/v2", "/v2/", true)]
    [TestCase("/v2", "/v2/x", true)]
    [TestCase("/v2/", "/v2", true)]
    [TestCase("/v2", "/v2example", false)]
    [TestCase("/v2", "/foo/v2", false)]
    [TestCase("/v2", "/V2", false)]
    [TestCase("/a%41", "/aA", false)]
    public void Prefixes_are_whole_segments(string prefix, string path, bool matches) =>
        Assert.That(Routed.By(s_services + Routed.OnService("r", Routed.To("a", $"{{path: {{value: '{prefix}'}}}}"))).Answer("http://shop" + path), Is.EqualTo(matches ? "a" : "404"));

    [Test]
    public void Of_two_headers_of_one_name_the_first_counts() => Assert.That(
        Routed.By(s_services + Routed.OnService("r", Routed.To("a", "{headers: [{name: h, value: v}, {name: H, value: w}]}"))).Answer("http://shop/", headers: ("h", "v")),
        Is.EqualTo("a"));

    [TestCase("{method: {service: x.Y, method: Z}}", "a")]
    [TestCase("{method: {service: x.Y}}", "a")]
    [TestCase("{method: {method: Z}}", "a")]
    [TestCase("{headers: [{name: h, value: v}]}", "a")]
    [TestCase("{method: {type: RegularExpression, service: 'x\\..', method: '[A-Z]'}}", "a")]
    [TestCase("{method: {service: x.y}}", "404")]
    [TestCase("{method: {service: x}}", "404")]
    [TestCase("{method: {service: x.Y, method: Za}}", "404")]
    [TestCase("{method: {type: RegularExpression, method: Z.}}", "404")]
    [TestCase("{method: {method: z}}", "404")]
    public void A_gRPC_method_is_a_path(string match, string answer) =>
        Assert.That(Routed.By(s_services + Routed.OnService("r", Routed.To("a", match), kind: "GRPCRoute")).Answer("http://shop/x.Y/Z", "POST", null, ("h", "v")), Is.EqualTo(answer));

    [TestCase("{method: {method: Zoo}}", "{method: {service: x.Y}}")]
    [TestCase("{method: {service: x.Y}}", "{method: {service: x.Y, method: Zoo}}")]
    [TestCase("{method: {service: x.Y}}", "{method: {service: x.Y}, headers: [{name: h, value: v}]}")]
    public void A_gRPC_service_goes_before_the_method_and_both_before_headers(string weaker, string stronger) => Assert.That(
        Routed.By(s_services + Routed.OnService("r1", Routed.To("a", weaker) + "\n" + Routed.To("b", stronger), kind: "GRPCRoute")).Answer("http://shop/x.Y/Zoo", "POST", null, ("h", "v")),
        Is.EqualTo("b"));

    [Test]
    public void Timeouts_retries_and_copies_are_lowered()
    {
        var mesh = Routed.By(s_services + Routed.OnService("r", """
            - timeouts: {request: 10s, backendRequest: 2s}
              retry: {attempts: 3, codes: [500, 503], backoff: 100ms}
              filters:
              - {type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}, percent: 20}}
              - {type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}, fraction: {numerator: 1, denominator: 1000}}}
              - {type: RequestMirror, requestMirror: {backendRef: {name: nobody, port: 80}}}
              backendRefs: [{name: a, port: 80}]
            """));
        var forward = (ForwardAction)mesh.Ask("http://shop/").ModelRule!.Action;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forward.Timeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(forward.Retries.PerTryTimeout, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(forward.Retries.Attempts, Is.EqualTo(3));
            Assert.That(forward.Retries.StatusCodes, Is.EqualTo(new[] { 500, 503 }));
            Assert.That(forward.Retries.RetryOn, Is.EqualTo(RetryConditions.ConnectFailure | RetryConditions.RefusedStream | RetryConditions.Reset | RetryConditions.RetriableStatusCodes));
            Assert.That(forward.Retries.BackoffMinimum, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
            Assert.That(forward.Mirrors.Select(static m => m.Percent), Is.EqualTo(new[] { 20, 0.1 }));
            Assert.That(mesh.Warnings.Single(), Does.Contain("no copies are sent (BackendNotFound)"));
        }
    }

    [Test]
    public void Zero_switches_a_time_limit_off_and_without_a_stanza_the_default_retries_apply()
    {
        var forward = (ForwardAction)Routed.By(s_services + Routed.OnService("r", "- {timeouts: {request: 0s, backendRequest: 0s}, backendRefs: [{name: a, port: 80}]}")).Ask("http://shop/").ModelRule!.Action;

        Assert.That(forward.Timeout, Is.Null);
        Assert.That(forward.Retries, Is.EqualTo(RetryPolicy.Default));
    }
}
