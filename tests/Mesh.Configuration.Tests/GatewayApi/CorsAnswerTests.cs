using Mesh.Configuration.Explain;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>What a gateway says to pages of other origins.</summary>
public sealed class CorsAnswerTests
{
    private const string Page = "https://www.example.com";

    [TestCase("allowOrigins: [https://www.example.com]", Page, true)]
    [TestCase("allowOrigins: ['https://*.example.com']", "https://a.b.example.com", true)]
    [TestCase("allowOrigins: ['*']", "https://any.org:8443", true)]
    [TestCase("allowOrigins: [https://www.example.com]", "https://other.org", false)]
    [TestCase("allowOrigins: [https://www.example.com]", "http://www.example.com", false)]
    public void A_preflight_is_answered_without_the_backend_and_permits_only_allowed_origins(string policy, string origin, bool allowed)
    {
        var answer = Preflight($"{policy}, allowMethods: [GET, PUT], allowHeaders: [x-one, x-two], exposeHeaders: [x-three]", origin, "PUT");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Outcome, answer.Status, answer.Destinations.Count), Is.EqualTo((ExplainedOutcome.DirectResponse, (int?)200, 0)));
            Assert.That(answer.Response.SetHeaders, Is.EquivalentTo(!allowed ? new Dictionary<string, string>() : new Dictionary<string, string>
            {
                ["Access-Control-Allow-Origin"] = origin,
                ["Access-Control-Allow-Methods"] = "GET, PUT",
                ["Access-Control-Allow-Headers"] = "x-one, x-two",
                ["Access-Control-Max-Age"] = "5",
            }));
        }
    }

    [Test]
    public void Without_credentials_a_star_is_said_as_it_is()
    {
        var headers = Preflight("allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'], allowCredentials: false, maxAge: 60", Page, "PUT", ("Access-Control-Request-Headers", "x-a")).Response.SetHeaders;

        Assert.That(headers.Select(static h => $"{h.Key}: {h.Value}"), Is.EqualTo(new[]
        {
            $"Access-Control-Allow-Origin: {Page}", "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *", "Access-Control-Max-Age: 60",
        }));
    }

    [Test]
    public void With_credentials_what_is_asked_for_is_repeated_instead_of_a_star()
    {
        const string Policy = "allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'], exposeHeaders: ['*'], allowCredentials: true";
        var asked = Preflight(Policy, Page, "PUT", ("Access-Control-Request-Headers", "x-a, x-b")).Response.SetHeaders;
        var silent = Preflight(Policy, Page, "PUT").Response.SetHeaders;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((asked["Access-Control-Allow-Origin"], asked["Access-Control-Allow-Methods"], asked["Access-Control-Allow-Headers"]), Is.EqualTo((Page, "PUT", "x-a, x-b")));
            Assert.That(asked["Access-Control-Allow-Credentials"], Is.EqualTo("true"));
            Assert.That(silent.Keys, Has.None.EqualTo("Access-Control-Allow-Headers"));
            Assert.That(Ask(Policy, "GET", ("Origin", Page)).Response.SetHeaders.Values, Has.None.EqualTo("*"));
        }
    }

    [Test]
    public void Any_other_request_is_sent_on_and_its_answer_says_who_may_read_it()
    {
        const string Policy = "allowOrigins: [https://www.example.com], exposeHeaders: [x-three]";
        var allowed = Ask(Policy, "GET", ("Origin", Page));
        var refused = Ask(Policy, "GET", ("Origin", "https://other.org"));
        var options = Ask(Policy, "OPTIONS", ("Origin", Page));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(allowed.Response.SetHeaders.Select(static h => $"{h.Key}: {h.Value}"), Is.EqualTo(new[] { $"Access-Control-Allow-Origin: {Page}", "Access-Control-Expose-Headers: x-three" }));
            Assert.That((allowed.Outcome, refused.Outcome, options.Outcome), Is.EqualTo((ExplainedOutcome.Route, ExplainedOutcome.Route, ExplainedOutcome.Route)));
            Assert.That(refused.Response.SetHeaders, Is.Empty);
            Assert.That(Ask(Policy, "OPTIONS", ("Access-Control-Request-Method", "PUT")).Outcome, Is.EqualTo(ExplainedOutcome.Route), "no origin, no preflight");
        }
    }

    [Test]
    public void A_client_of_the_mesh_is_no_browser()
    {
        var mesh = Routed.By(Routed.Services("default", "a", "shop") + Routed.OnService("r", Rule("allowOrigins: ['*']")));

        Assert.That(mesh.Ask("http://shop/", "OPTIONS", null, ("Origin", Page), ("Access-Control-Request-Method", "PUT")).Outcome, Is.EqualTo(ExplainedOutcome.Route));
    }

    private static Explanation Preflight(string policy, string origin, string method, params (string, string)[] headers) =>
        Ask(policy, "OPTIONS", [("Origin", origin), ("Access-Control-Request-Method", method), .. headers]);

    private static Explanation Ask(string policy, string method, params (string Name, string Value)[] headers) => Routed.By(
        Routed.Services("default", "a")
        + Documents.Text("Gateway", "edge", "gatewayClassName: mesh\nlisteners: [{name: http, port: 80, protocol: HTTP}]")
        + Routed.OnGateway("r", Rule(policy))).Ask("http://any/", method, "edge", headers);

    private static string Rule(string policy) => $"- {{filters: [{{type: CORS, cors: {{{policy}}}}}], backendRefs: [{{name: a, port: 80}}]}}";
}
