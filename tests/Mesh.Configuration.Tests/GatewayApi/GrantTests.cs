using Mesh.Configuration.Tests.GatewayApi.Status;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>Which references a ReferenceGrant allows, and which namespaces a selector.</summary>
public sealed class GrantTests
{
    private const string From = "{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}";
    private const string To = "{group: \"\", kind: Service}";
    private const string Http = "{name: http, port: 80, protocol: HTTP}";

    [TestCase(From, To, true)]
    [TestCase(From, "{group: \"\", kind: Service, name: catalog}", true)]
    [TestCase(From, "{group: \"\", kind: Service, name: other}", false)]
    [TestCase(From, "{group: \"\", kind: Secret}", false)]
    [TestCase(From, "{group: a.example, kind: Service}", false)]
    [TestCase(From, "{group: \"\", kind: Secret}, {group: \"\", kind: Service}", true)]
    [TestCase("{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team}", To, false)]
    [TestCase("{group: gateway.networking.k8s.io, kind: GRPCRoute, namespace: default}", To, false)]
    [TestCase("{group: \"\", kind: HTTPRoute, namespace: default}", To, false)]
    [TestCase("{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team}, " + From, To, true)]
    public void One_from_and_one_to_must_both_hold(string from, string to, bool allowed)
    {
        var status = Statuses.Of(
            Statuses.Gateway(Http),
            Statuses.Route("parentRefs: [{name: edge}]\nrules: [{backendRefs: [{name: catalog, namespace: other, port: 80}]}]"),
            Documents.Text("ReferenceGrant", "g", $"from: [{from}]\nto: [{to}]", "other"));

        Assert.That(status.Parent("ResolvedRefs"), Is.EqualTo(allowed ? "True ResolvedRefs" : "False RefNotPermitted"));
    }

    [Test]
    public void A_grant_of_another_namespace_than_the_target_allows_nothing()
    {
        var status = Statuses.Of(
            Statuses.Gateway(Http),
            Statuses.Route("parentRefs: [{name: edge}]\nrules: [{backendRefs: [{name: catalog, namespace: other, port: 80}]}]"),
            Documents.Text("ReferenceGrant", "g", $"from: [{From}]\nto: [{To}]"));

        Assert.That(status.Parent("ResolvedRefs"), Is.EqualTo("False RefNotPermitted"));
    }

    [TestCase("matchLabels: {team: a}", true)]
    [TestCase("matchLabels: {team: b}", false)]
    [TestCase("matchLabels: {kubernetes.io/metadata.name: other}", true)]
    [TestCase("matchExpressions: [{key: team, operator: In, values: [a, b]}]", true)]
    [TestCase("matchExpressions: [{key: team, operator: In, values: [b]}]", false)]
    [TestCase("matchExpressions: [{key: team, operator: NotIn, values: [b]}]", true)]
    [TestCase("matchExpressions: [{key: team, operator: NotIn, values: [a]}]", false)]
    [TestCase("matchExpressions: [{key: stage, operator: NotIn, values: [a]}]", true)]
    [TestCase("matchExpressions: [{key: team, operator: Exists}]", true)]
    [TestCase("matchExpressions: [{key: stage, operator: Exists}]", false)]
    [TestCase("matchExpressions: [{key: stage, operator: DoesNotExist}]", true)]
    [TestCase("matchExpressions: [{key: team, operator: DoesNotExist}]", false)]
    [TestCase("matchLabels: {team: a}, matchExpressions: [{key: stage, operator: Exists}]", false)]
    public void A_listener_admits_the_namespaces_its_selector_chooses(string selector, bool admitted)
    {
        const string Namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {team: a}}\n---\n";
        var status = Statuses.Of(
            Namespace,
            Statuses.Gateway($"{{name: http, port: 80, protocol: HTTP, allowedRoutes: {{namespaces: {{from: Selector, selector: {{{selector}}}}}}}}}"),
            Statuses.Route("parentRefs: [{name: edge, namespace: default}]\nrules: [{backendRefs: [{name: catalog, port: 80}]}]", @namespace: "other"));

        Assert.That(status.Parent("Accepted"), Is.EqualTo(admitted ? "True Accepted" : "False NotAllowedByListeners"));
    }
}
