namespace Mesh.Configuration.Tests.GatewayApi.Status;

public sealed class RouteStatusTests
{
    private const string Http = "{name: http, port: 80, protocol: HTTP, hostname: \"*.example.com\"}";
    private const string Backend = "rules: [{backendRefs: [{name: catalog, port: 80}]}]";

    [Test]
    public void A_route_that_is_taken_is_accepted_with_its_references()
    {
        var status = Statuses.Of(Statuses.Gateway(Http), Statuses.Route($"parentRefs: [{{name: edge}}]\n{Backend}"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Parent("Accepted"), Is.EqualTo("True Accepted"));
            Assert.That(status.Parent("ResolvedRefs"), Is.EqualTo("True ResolvedRefs"));
            Assert.That(status.Parent("PartiallyInvalid"), Is.EqualTo("none"));
            Assert.That(status["Gateway", "edge"].Listeners.Single().AttachedRoutes, Is.EqualTo(1));
            Assert.That(status["Gateway", "edge"].Listeners.Single().SupportedKinds, Is.EqualTo(new[] { "HTTPRoute", "GRPCRoute" }));
        }
    }

    [TestCase("parentRefs: [{name: edge, sectionName: https}]", "False NoMatchingParent")]
    [TestCase("parentRefs: [{name: edge, port: 81}]", "False NoMatchingParent")]
    [TestCase("parentRefs: [{name: edge}]\nhostnames: [other.org]", "False NoMatchingListenerHostname")]
    public void A_route_that_is_refused_says_why_and_its_references_are_judged_all_the_same(string spec, string accepted)
    {
        var status = Statuses.Of(Statuses.Gateway(Http), Statuses.Route($"{spec}\n{Backend}"));

        Assert.That(status.Parent("Accepted"), Is.EqualTo(accepted));
        Assert.That(status.Parent("ResolvedRefs"), Is.EqualTo("True ResolvedRefs"));
    }

    [Test]
    public void A_route_that_is_refused_still_says_which_references_lead_nowhere_and_nothing_of_its_rules()
    {
        const string Rules = "rules: [{matches: [{path: {type: RegularExpression, value: \"/(?=a)\"}}]}, {backendRefs: [{name: nobody, port: 80}]}]";
        var status = Statuses.Of(Statuses.Gateway(Http), Statuses.Route($"parentRefs: [{{name: edge, port: 81}}]\n{Rules}"));

        Assert.That((status.Parent("ResolvedRefs"), status.Parent("PartiallyInvalid")), Is.EqualTo(("False BackendNotFound", "none")));
    }

    [Test]
    public void A_route_of_another_namespace_needs_the_listener_to_admit_it()
    {
        var route = Statuses.Route($"parentRefs: [{{name: edge, namespace: default}}]\n{Backend}", @namespace: "other");

        Assert.That(Statuses.Of(Statuses.Gateway(Http), route).Parent("Accepted"), Is.EqualTo("False NotAllowedByListeners"));
        Assert.That(Statuses.Of(Statuses.Gateway("{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}"), route).Parent("Accepted"), Is.EqualTo("True Accepted"));
    }

    [TestCase("{name: nobody, port: 80}", "False BackendNotFound")]
    [TestCase("{name: catalog, port: 81}", "False BackendNotFound")]
    [TestCase("{name: catalog, kind: Bucket, group: store.example}", "False InvalidKind")]
    [TestCase("{name: catalog, namespace: other, port: 80}", "False RefNotPermitted")]
    [TestCase("{name: nobody, namespace: other, port: 80}", "False RefNotPermitted")]
    public void A_backend_that_cannot_be_used_leaves_the_route_accepted(string backend, string resolved)
    {
        var status = Statuses.Of(Statuses.Gateway(Http), Statuses.Route($"parentRefs: [{{name: edge}}]\nrules: [{{backendRefs: [{backend}]}}]"));

        Assert.That(status.Parent("Accepted"), Is.EqualTo("True Accepted"));
        Assert.That(status.Parent("ResolvedRefs"), Is.EqualTo(resolved));
    }

    [Test]
    public void A_parent_that_does_not_exist_gets_no_entry_and_is_named()
    {
        var route = Statuses.Of(Statuses.Route($"parentRefs: [{{name: nowhere}}]\n{Backend}"))["HTTPRoute", "shop"];

        Assert.That(route.Parents, Is.Empty);
        Assert.That(route.Missing.Single().Path, Is.EqualTo("spec.parentRefs[0]"));
        Assert.That(route.Missing.Single().Line, Is.GreaterThan(route.Line));
    }

    [Test]
    public void A_filter_of_another_implementation_is_a_reference_of_unknown_kind()
    {
        var status = Statuses.Of(Statuses.Gateway(Http), Statuses.Route(
            "parentRefs: [{name: edge}]\nrules: [{filters: [{type: ExtensionRef, extensionRef: {group: a.example, kind: Filter, name: f}}], backendRefs: [{name: catalog, port: 80}]}]"));

        Assert.That(status.Parent("ResolvedRefs"), Is.EqualTo("False InvalidKind"));
    }

    [Test]
    public void Rules_that_the_mesh_cannot_do_are_dropped_and_with_all_of_them_the_route()
    {
        const string Lookahead = "{matches: [{path: {type: RegularExpression, value: \"/(?=a)\"}}]}";
        const string Auth = "{filters: [{type: ExternalAuth, externalAuth: {protocol: GRPC, grpc: {}, backendRef: {name: catalog, port: 80}}}]}";
        var some = Statuses.Of(Statuses.Gateway(Http), Statuses.Route($"parentRefs: [{{name: edge}}]\nrules: [{Lookahead}, {{backendRefs: [{{name: catalog, port: 80}}]}}]"));
        var all = Statuses.Of(Statuses.Gateway(Http), Statuses.Route($"parentRefs: [{{name: edge}}]\nrules: [{Lookahead}, {Auth}]"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((some.Parent("Accepted"), some.Parent("PartiallyInvalid")), Is.EqualTo(("True Accepted", "True UnsupportedValue")));
            Assert.That(some["HTTPRoute", "shop"].Parents[0].Conditions[^1].Message, Does.StartWith("Dropped Rule"));
            Assert.That((all.Parent("Accepted"), all.Parent("PartiallyInvalid")), Is.EqualTo(("False UnsupportedValue", "none")));
        }
    }

    [Test]
    public void A_route_on_a_service_has_a_status_without_a_grant()
    {
        var status = Statuses.Of(Statuses.Route("parentRefs: [{group: \"\", kind: Service, name: catalog}]\nrules: [{backendRefs: [{name: catalog, namespace: other, port: 80}]}]"));

        Assert.That((status.Parent("Accepted"), status.Parent("ResolvedRefs")), Is.EqualTo(("True Accepted", "True ResolvedRefs")));
        Assert.That(status["HTTPRoute", "shop"].Parents[0].ParentRef.ToString(), Is.EqualTo("Service default/catalog"));
    }

    [Test]
    public void Conditions_name_the_generation_they_were_made_of()
    {
        var route = Statuses.Route($"parentRefs: [{{name: edge}}]\n{Backend}").Replace("{name: shop,", "{generation: 7, name: shop,", StringComparison.Ordinal);

        Assert.That(Statuses.Of(Statuses.Gateway(Http), route)["HTTPRoute", "shop"].Parents[0].Conditions.Select(static c => c.ObservedGeneration), Is.All.EqualTo(7));
    }
}
