using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

public class DelegateTests
{
    private static readonly string s_services = Yaml.Service("web") + Yaml.Service("api", "team") + Yaml.Service("shadow");

    [Test]
    public void The_rules_of_a_delegate_stand_in_the_place_of_the_rule()
    {
        var yaml = s_services
            + Yaml.VirtualService("root", """
                hosts: [web]
                http:
                - name: first
                  match: [{uri: {prefix: /api}, headers: {a: {exact: "1"}}}]
                  delegate: {name: api, namespace: team}
                  timeout: 3s
                  mirror: {host: shadow}
                - route: [{destination: {host: web}}]
                """)
            + Yaml.VirtualService("api", """
                http:
                - name: deep
                  match: [{uri: {prefix: /api/v1}, headers: {b: {exact: "2"}}}]
                  route: [{destination: {host: api}}]
                - match: [{uri: {prefix: /other}}]
                  route: [{destination: {host: api}}]
                - timeout: 1s
                  route: [{destination: {host: api}}]
                """, "team");
        var lowered = Lowered.From(yaml);
        var rules = lowered.Service("web").Rules;
        Assert.That(rules.Select(static r => r.Name), Is.EqualTo(new[] { "first-deep", "first", "default/root#1" }));
        Assert.That(rules[0].Matches.Single().Path, Is.EqualTo(new PathMatch(MatchKind.Prefix, "/api/v1")));
        Assert.That(rules[0].Matches.Single().Headers.Select(static h => h.Name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(rules[0].Origin!.Namespace, Is.EqualTo("team"));
        var action = (ForwardAction)rules[0].Action;
        Assert.That(action.Timeout, Is.EqualTo(TimeSpan.FromSeconds(3)), "from the root");
        Assert.That(action.Destinations.Single().Cluster.Service, Is.EqualTo("api.team.svc.cluster.local"), "named in the delegate's namespace");
        Assert.That(action.Mirrors.Single().Cluster.Service, Is.EqualTo("shadow.default.svc.cluster.local"), "named in the root's namespace");
        Assert.That(((ForwardAction)rules[1].Action).Timeout, Is.EqualTo(TimeSpan.FromSeconds(1)), "the delegate's own");
        Assert.That(lowered.Warnings, Has.Some.Contains("rule 1 of VirtualService team/api matches more than this rule does"));
    }

    [Test]
    public void A_delegate_that_is_missing_or_not_exported_leaves_its_rule_out()
    {
        var yaml = s_services
            + Yaml.VirtualService("root", """
                hosts: [web]
                http:
                - delegate: {name: nobody}
                - delegate: {name: hidden, namespace: team}
                - route: [{destination: {host: web}}]
                """)
            + Yaml.VirtualService("hidden", "exportTo: ['.']\nhttp: [{route: [{destination: {host: api}}]}]", "team");
        var lowered = Lowered.From(yaml);
        Assert.That(lowered.Service("web").Rules.Single().Index, Is.EqualTo(2));
        Assert.That(lowered.Warnings, Has.Some.Contains("there is no VirtualService default/nobody"));
        Assert.That(lowered.Warnings, Has.Some.Contains("team/hidden is not exported to default"));
    }

    [TestCase("exact: /a", "exact: /a", true)]
    [TestCase("exact: /a", "exact: /b", false)]
    [TestCase("exact: /a", "prefix: /a", false)]
    [TestCase("prefix: /a", "prefix: /ab", true)]
    [TestCase("prefix: /ab", "prefix: /a", false)]
    [TestCase("prefix: /a", "exact: /a/x", true)]
    [TestCase("prefix: /a", "regex: /a.*", false)]
    [TestCase("regex: /a.*", "exact: /a", false)]
    public void A_match_of_the_delegate_is_at_least_as_narrow_as_the_roots(string root, string leaf, bool kept)
    {
        var yaml = s_services
            + Yaml.VirtualService("root", $"hosts: [web]\nhttp: [{{match: [{{uri: {{{root}}}}}], delegate: {{name: leaf}}}}]")
            + Yaml.VirtualService("leaf", $"http: [{{match: [{{uri: {{{leaf}}}}}], route: [{{destination: {{host: web}}}}]}}]");
        Assert.That(Lowered.From(yaml).Service("web").Rules, Has.Count.EqualTo(kept ? 1 : 0));
    }
}
