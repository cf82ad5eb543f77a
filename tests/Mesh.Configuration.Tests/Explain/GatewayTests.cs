using Mesh.Configuration.Explain;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Explain;

public sealed class GatewayTests
{
    private static readonly MeshModel s_model = new()
    {
        Services = [Explained.Service("a"), Explained.Service("b")],
        Gateways =
        [
            new GatewayModel
            {
                Namespace = "infra",
                Name = "edge",
                Listeners =
                [
                    Listener("http", 80, ListenerProtocol.Http, [], Host("*", "a"), Host("*.example.com", "b"), Host("www.example.com", "a")),
                    Listener("shop", 80, ListenerProtocol.Http, ["shop.example.com"], Host("shop.example.com", "b")),
                    Listener("other", 8080, ListenerProtocol.Http, [], Host("*", "b")),
                    Listener("tls", 443, ListenerProtocol.Https, [], Host("*", "a")),
                    Listener("up", 81, ListenerProtocol.Http, [], Host("*", "a")) with { RedirectsToHttps = true },
                ],
            },
        ],
    };

    [TestCase("http://whatever/", "a")]
    [TestCase("http://www.example.com/", "a")]
    [TestCase("http://WWW.example.com/", "a")]
    [TestCase("http://x.y.example.com/", "b")]
    [TestCase("http://example.com/", "a")]
    [TestCase("http://shop.example.com/", "b")]
    [TestCase("http://whatever:8080/", "b")]
    [TestCase("https://whatever/", "a")]
    public void Port_protocol_and_host_choose_the_listener_and_the_virtual_host(string url, string service) =>
        Assert.That(Ask(url).Destinations.Single().Host, Is.EqualTo(service));

    [TestCase("http://whatever/", "other", "b")]
    [TestCase("https://whatever/", "other", "b")]
    public void A_listener_can_be_named(string url, string listener, string service) =>
        Assert.That(Explained.By(s_model, Explained.Request(url) with { Gateway = ("infra", "edge"), Listener = listener }).Destinations.Single().Host, Is.EqualTo(service));

    [TestCase("http://whatever:9999/")]
    [TestCase("https://whatever:80/")]
    [TestCase("http://www.example.com/post")]
    public void What_no_listener_or_rule_takes_is_not_found(string url)
    {
        var request = Explained.Request(url) with { Gateway = ("infra", "edge"), Method = url.EndsWith("post", StringComparison.Ordinal) ? "POST" : "GET" };
        Assert.That(Explained.By(s_model, request), Has.Property("Outcome").EqualTo(ExplainedOutcome.NotFound).And.Property("Status").EqualTo(404));
    }

    [Test]
    public void A_gateway_nobody_declared_is_not_found() =>
        Assert.That(Explained.By(s_model, Explained.Request("http://a/") with { Gateway = ("infra", "none") }).Notes.Single(), Is.EqualTo("no document declares gateway infra/none"));

    [Test]
    public void The_host_header_is_the_host() =>
        Assert.That(Explained.By(s_model, Explained.Request("http://10.0.0.1/") with { Gateway = ("infra", "edge"), Host = "shop.example.com:80" }).Destinations.Single().Host, Is.EqualTo("b"));

    [Test]
    public void A_listener_can_send_everything_to_https() =>
        Assert.That(Ask("http://whatever:81/x?y").Redirect, Is.EqualTo(new ExplainedRedirect(301, "https://whatever:81/x?y")));

    private static Explanation Ask(string url) => Explained.By(s_model, Explained.Request(url) with { Gateway = ("infra", "edge") });

    private static ListenerModel Listener(string name, int port, ListenerProtocol protocol, ModelList<string> hosts, params VirtualHostModel[] virtualHosts) =>
        new() { Name = name, Port = port, Protocol = protocol, Hosts = hosts, VirtualHosts = [.. virtualHosts] };

    private static VirtualHostModel Host(string host, string service) =>
        new([host], [Explained.To(Explained.Forward(service), new RouteMatch { Method = new StringMatch(MatchKind.Exact, "GET") })]);
}
