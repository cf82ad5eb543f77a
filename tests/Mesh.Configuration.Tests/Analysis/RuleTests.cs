using Mesh.Configuration.Analysis;
using static Mesh.Configuration.Tests.Analysis.AnalysisRun;

namespace Mesh.Configuration.Tests.Analysis;

/// <summary>The questions of our own about the rules of a VirtualService.</summary>
public sealed class RuleTests
{
    private const string Route = "  route: [{destination: {host: orders}}]";

    [Test]
    public void A_rule_after_a_match_of_everything_is_unreachable() =>
        Assert.That(
            Of<UnreachableRuleAnalyzer>(VirtualService($"- match: [{{uri: {{prefix: /}}}}]\n{Route}\n- match: [{{uri: {{prefix: /cart}}}}]\n{Route}\n-{Route[1..]}")),
            Is.EqualTo(["MESH1001 VirtualService default/orders 10", "MESH1001 VirtualService default/orders 12"]));

    [Test]
    public void A_rule_without_match_is_left_to_the_code_of_Istio()
    {
        var yaml = VirtualService($"-{Route[1..]}\n- match: [{{uri: {{prefix: /cart}}}}]\n{Route}");

        Assert.That(Of<UnreachableRuleAnalyzer>(yaml), Is.Empty);
        Assert.That(All(yaml).Messages.Select(static m => m.Type.Code), Is.EqualTo(["IST0130"]));
    }

    [TestCase("uri: {prefix: /a}", "uri: {exact: /a/b}")]
    [TestCase("uri: {prefix: /A}, ignoreUriCase: true", "uri: {exact: /a/b}")]
    [TestCase("headers: {user: {}}", "headers: {user: {exact: jason}, tier: {exact: gold}}")]
    [TestCase("method: {exact: GET}", "method: {exact: GET}, uri: {prefix: /a}")]
    [TestCase("queryParams: {v: {exact: '2'}}", "queryParams: {v: {exact: '2'}}, port: 80")]
    public void A_match_under_a_wider_one_is_shadowed(string wide, string narrow) =>
        Assert.That(
            Of<ShadowedMatchAnalyzer>(VirtualService($"- match: [{{{wide}}}]\n{Route}\n- match: [{{{narrow}}}]\n{Route}")),
            Is.EqualTo(["MESH1002 VirtualService default/orders 10"]));

    [TestCase("uri: {prefix: /a}", "uri: {prefix: /}")]
    [TestCase("uri: {prefix: /a}", "uri: {regex: '/a.*'}")]
    [TestCase("uri: {prefix: /a}", "uri: {exact: /a}, ignoreUriCase: true")]
    [TestCase("uri: {prefix: /a}, method: {exact: GET}", "uri: {exact: /a/b}")]
    [TestCase("headers: {user: {exact: jason}}", "headers: {user: {}}")]
    [TestCase("uri: {prefix: /a}, withoutHeaders: {user: {}}", "uri: {exact: /a/b}")]
    [TestCase("uri: {prefix: /a}, gateways: [edge]", "uri: {exact: /a/b}")]
    [TestCase("uri: {prefix: /a}, sourceLabels: {app: x}", "uri: {exact: /a/b}")]
    public void A_match_that_can_still_win_is_not_shadowed(string first, string second) =>
        Assert.That(Of<ShadowedMatchAnalyzer>(VirtualService($"- match: [{{{first}}}]\n{Route}\n- match: [{{{second}}}]\n{Route}")), Is.Empty);

    [Test]
    public void What_Istio_says_of_a_match_is_not_said_twice()
    {
        var yaml = VirtualService($"- match: [{{uri: {{prefix: /a}}}}]\n{Route}\n- match: [{{uri: {{prefix: /a/b}}}}]\n{Route}");

        Assert.That(All(yaml).Messages.Select(static m => m.Type.Code), Is.EqualTo(["IST0131"]));
    }

    [Test]
    public void Destinations_that_all_weigh_nothing_are_reported_for_routes_of_both_languages()
    {
        const string httpRoute = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: orders}
            spec:
              rules:
              - backendRefs:
                - {name: orders, port: 80, weight: 0}
            """;

        Assert.That(Of<ZeroWeightsAnalyzer>(httpRoute), Is.EqualTo(["MESH1003 HTTPRoute default/orders 6"]));
        Assert.That(Of<ZeroWeightsAnalyzer>(httpRoute.Replace("weight: 0", "weight: 1", StringComparison.Ordinal)), Is.Empty);
        Assert.That(Of<ZeroWeightsAnalyzer>(VirtualService("- route: [{destination: {host: orders}, weight: 0}]")), Is.Empty, "a single destination gets everything");
    }

    [Test]
    public void A_time_limit_has_to_fit_the_tries()
    {
        static string Rule(string timeout, int attempts) => VirtualService($"-{Route[1..]}\n  timeout: {timeout}\n  retries: {{attempts: {attempts}, perTryTimeout: 2s}}");

        var message = Messages<TimeoutAnalyzer>(Rule("5s", 3)).Single();
        Assert.That(message.Text, Is.EqualTo("5s has room for 2 of 4 tries of 2s; raise it to 8s, or lower perTryTimeout or attempts"));
        Assert.That(message.At.Line, Is.EqualTo(9));
        Assert.That(Of<TimeoutAnalyzer>(Rule("8s", 3)), Is.Empty);
        Assert.That(Of<TimeoutAnalyzer>(Rule("0s", 3)), Is.Empty, "no limit");
    }

    [TestCase("uri: {prefix: cart}", "write '/cart'")]
    [TestCase("uri: {exact: '/cart?x=1'}", "use 'queryParams'")]
    [TestCase("method: {exact: get}", "write 'GET'")]
    [TestCase("scheme: {exact: ftp}", "'http' and 'https'")]
    [TestCase("withoutHeaders: {user: {regex: '.*'}}", "write 'user: {}'")]
    [TestCase("headers: {user: {exact: a}}, withoutHeaders: {user: {exact: a}}", "remove one of them")]
    public void A_match_that_no_request_can_meet_is_reported_with_the_remedy(string match, string remedy) =>
        Assert.That(Messages<ImpossibleMatchAnalyzer>(VirtualService($"- match: [{{{match}}}]\n{Route}")).Single().Text, Does.Contain(remedy));

    [TestCase("uri: {prefix: /cart}")]
    [TestCase("method: {regex: 'get|GET'}")]
    [TestCase("withoutHeaders: {user: {}}")]
    public void A_match_that_can_hold_is_fine(string match) =>
        Assert.That(Of<ImpossibleMatchAnalyzer>(VirtualService($"- match: [{{{match}}}]\n{Route}")), Is.Empty);

    [TestCase("retries: {retryOn: 5xx}", true)]
    [TestCase("retries: {attempts: 0, perTryTimeout: 1s}", true)]
    [TestCase("retries: {}", false)]
    [TestCase("retries: {attempts: 1, retryOn: 5xx}", false)]
    public void A_retry_policy_without_attempts_does_nothing(string retries, bool isReported) =>
        Assert.That(Of<RetriesOffAnalyzer>(VirtualService($"-{Route[1..]}\n  {retries}")), isReported ? Is.EqualTo(["MESH1011 VirtualService default/orders 9"]) : Is.Empty);

    [TestCase("POST", "5xx", true)]
    [TestCase("POST", "connect-failure,503", true)]
    [TestCase("POST", "connect-failure,refused-stream", false)]
    [TestCase("GET", "5xx", false)]
    public void Repeating_a_POST_that_may_have_arrived_is_reported(string method, string retryOn, bool isReported) =>
        Assert.That(
            Of<UnsafeRetryAnalyzer>(VirtualService($"- match: [{{method: {{exact: {method}}}}}]\n{Route}\n  retries: {{attempts: 2, retryOn: '{retryOn}'}}")),
            isReported ? Is.EqualTo(["MESH1012 VirtualService default/orders 10"]) : Is.Empty);

    [TestCase("fault: {abort: {httpStatus: 503, percentage: {value: 100}}}\n  retries: {attempts: 2}", true)]
    [TestCase("fault: {delay: {fixedDelay: 5s, percentage: {value: 100}}}\n  timeout: 1s", true)]
    [TestCase("fault: {delay: {fixedDelay: 5s, percentage: {value: 100}}}", false)]
    public void Faults_that_their_own_rule_does_not_meet_are_reported(string rule, bool isReported) =>
        Assert.That(Of<FaultAnalyzer>(VirtualService($"-{Route[1..]}\n  {rule}")).Count, Is.EqualTo(isReported ? 1 : 0));

    [TestCase("rewrite: {uri: /v2}", true)]
    [TestCase("match: [{headers: {user: {}}}]\n  rewrite: {uri: /v2}", true)]
    [TestCase("match: [{uri: {prefix: /orders}}]\n  rewrite: {uri: /v2}", false)]
    [TestCase("rewrite: {uri: /v2/}", false)]
    [TestCase("rewrite: {authority: other}", false)]
    public void A_rewrite_that_joins_two_paths_is_reported(string rule, bool isReported) =>
        Assert.That(Of<RewriteAnalyzer>(VirtualService($"- name: a\n  {rule}\n{Route}")).Count, Is.EqualTo(isReported ? 1 : 0));
}
