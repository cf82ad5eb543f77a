using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

[TestFixture]
public class RuleScopeTests
{
    [TestCase("mesh", "mesh", ExpectedResult = true)]
    [TestCase("mesh", "infra/edge", ExpectedResult = false)]
    [TestCase("infra/edge", "infra/edge", ExpectedResult = true)]
    [TestCase("infra/edge", "edge", ExpectedResult = false)]
    [TestCase("shop/edge", "edge", ExpectedResult = true)]
    public bool A_short_name_is_of_the_namespace_of_the_document(string gateway, string written) =>
        new RuleScope(Workload.Default, gateway).IsNamedBy([written], "shop");

    [Test]
    public void Addresses_are_names_of_a_service()
    {
        var lowered = Lowered.From(Yaml.Document("ServiceEntry", "db", "hosts: [db.example.com]\naddresses: [10.9.8.7, 10.1.0.0/16]\nports: [{number: 80, name: http, protocol: HTTP}]\nresolution: STATIC\nendpoints: [{address: 1.2.3.4}]"));

        Assert.That(lowered.Service("db.example.com").Hosts, Is.EqualTo(new[] { "db.example.com", "10.9.8.7" }));
        Assert.That(lowered.Warnings, Has.Some.Contains("addresses"));
    }

    [Test]
    public void Cross_origin_rules_are_kept_for_whoever_serves_the_route()
    {
        var action = Lowered.From(Yaml.Service("catalog") + Yaml.Rule("route: [{destination: {host: catalog}}]\ncorsPolicy: {allowOrigins: [{exact: a.com}], allowMethods: [GET], maxAge: 24h, unmatchedPreflights: IGNORE}")).Forward("catalog");

        Assert.That(action.Cors!.AllowOrigins, Is.EqualTo(new[] { new StringMatch(MatchKind.Exact, "a.com") }));
        Assert.That((action.Cors.MaxAge, action.Cors.ForwardUnmatchedPreflights), Is.EqualTo((TimeSpan.FromHours(24), false)));
    }
}
