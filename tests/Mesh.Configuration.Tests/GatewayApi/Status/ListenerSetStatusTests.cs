namespace Mesh.Configuration.Tests.GatewayApi.Status;

public sealed class ListenerSetStatusTests
{
    private const string Http = "{name: http, port: 80, protocol: HTTP}";
    private const string More = "{name: more, port: 81, protocol: HTTP}";
    private const string All = "allowedListeners: {namespaces: {from: All}}";
    private const string Backend = "rules: [{backendRefs: [{name: catalog, port: 80}]}]";

    [TestCase("", "default", "False NotAllowed")]
    [TestCase("allowedListeners: {}", "default", "False NotAllowed")]
    [TestCase("allowedListeners: {namespaces: {from: None}}", "default", "False NotAllowed")]
    [TestCase("allowedListeners: {namespaces: {from: Same}}", "default", "True Accepted")]
    [TestCase("allowedListeners: {namespaces: {from: Same}}", "other", "False NotAllowed")]
    [TestCase("allowedListeners: {namespaces: {from: All}}", "other", "True Accepted")]
    [TestCase("allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: other}}}}", "other", "True Accepted")]
    [TestCase("allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: other}}}}", "default", "False NotAllowed")]
    public void A_gateway_says_whose_listeners_it_takes(string allowed, string @namespace, string accepted)
    {
        var status = Statuses.Of(Statuses.Gateway(Http, allowed), Set(More, @namespace: @namespace));
        var isAccepted = accepted.StartsWith("True", StringComparison.Ordinal);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Set("Accepted"), Is.EqualTo(accepted));
            Assert.That(status.Set("Programmed"), Is.EqualTo(isAccepted ? "True Programmed" : accepted));
            Assert.That(status["Gateway", "edge"].AttachedListenerSets, Is.EqualTo(isAccepted ? 1 : 0));
        }
    }

    [TestCase("{name: again, port: 80, protocol: HTTP}", "HostnameConflict")]
    [TestCase("{name: again, port: 80, protocol: HTTPS, hostname: x.org, tls: {certificateRefs: [{name: cert}]}}", "ProtocolConflict")]
    public void A_listener_that_conflicts_with_the_gateways_loses_and_that_one_stays(string listener, string reason)
    {
        var status = Statuses.Of(Statuses.Gateway(Http, All), Set($"{listener}, {More}"), Statuses.Secret("cert"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status.Listener("http", "Conflicted"), status.Listener("http", "Programmed")), Is.EqualTo(("False NoConflicts", "True Programmed")));
            Assert.That((status.SetListener("again", "Accepted"), status.SetListener("again", "Programmed"), status.SetListener("again", "Conflicted")), Is.EqualTo(($"False {reason}", $"False {reason}", $"True {reason}")));
            Assert.That(status.SetListener("again", "ResolvedRefs"), Is.EqualTo("True ResolvedRefs"));
            Assert.That((status.SetListener("more", "Accepted"), status.SetListener("more", "Conflicted")), Is.EqualTo(("True Accepted", "False NoConflicts")));
            Assert.That((status.Set("Accepted"), status.Set("Programmed")), Is.EqualTo(("True ListenersNotValid", "True Programmed")));
        }
    }

    [Test]
    public void Of_two_sets_the_first_keeps_its_listener_and_the_other_has_nothing_left()
    {
        var status = Statuses.Of(Statuses.Gateway(Http, All), Set(More, "b"), Set(More, "a"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status.Set("Accepted", "a"), status.Set("Programmed", "a")), Is.EqualTo(("True Accepted", "True Programmed")));
            Assert.That((status.Set("Accepted", "b"), status.Set("Programmed", "b")), Is.EqualTo(("False ListenersNotValid", "False ListenersNotValid")));
            Assert.That(status.SetListener("more", "Conflicted", "b"), Is.EqualTo("True HostnameConflict"));
            Assert.That(status["Gateway", "edge"].AttachedListenerSets, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_listener_that_lost_is_in_nobodys_way()
    {
        const string Tls = "{name: tls, port: 80, protocol: TLS, hostname: x.org, tls: {mode: Passthrough}}";
        var status = Statuses.Of(Statuses.Gateway(Http, All), Set(Tls, "a"), Set("{name: www, port: 80, protocol: HTTP, hostname: x.org}", "b"));

        Assert.That((status.Set("Accepted", "a"), status.Set("Accepted", "b")), Is.EqualTo(("False ListenersNotValid", "True Accepted")));
    }

    [Test]
    public void A_set_falls_with_its_gateway()
    {
        var status = Statuses.Of(Statuses.Gateway(Http, $"{All}\ninfrastructure: {{parametersRef: {{group: a.example, kind: Settings, name: s}}}}"), Set(More));

        Assert.That((status.Set("Accepted"), status.Set("Programmed")), Is.EqualTo(("False ParentNotAccepted", "False ParentNotProgrammed")));
    }

    [Test]
    public void A_gateway_that_does_not_exist_is_named()
    {
        var set = Statuses.Of(Set(More))["ListenerSet", "more"];

        Assert.That((set.Conditions.Count, set.Missing.Single().Object.ToString()), Is.EqualTo((0, "Gateway default/edge")));
    }

    [TestCase("Gateway", "False RefNotPermitted", "False ListenersNotValid")]
    [TestCase("ListenerSet", "True ResolvedRefs", "True Programmed")]
    public void A_grant_for_gateways_is_none_for_sets(string kind, string resolved, string programmed)
    {
        var grant = Documents.Text("ReferenceGrant", "certs", $"from: [{{group: gateway.networking.k8s.io, kind: {kind}, namespace: default}}]\nto: [{{group: \"\", kind: Secret}}]", "other");
        var status = Statuses.Of(
            Statuses.Gateway(Http, All), Set("{name: more, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert, namespace: other}]}}"), Statuses.Secret("cert", "other"), grant);

        Assert.That((status.SetListener("more", "ResolvedRefs"), status.Set("Programmed")), Is.EqualTo((resolved, programmed)));
    }

    [Test]
    public void A_route_is_on_the_parent_it_names_and_on_no_other()
    {
        var status = Statuses.Of(
            Statuses.Gateway(Http, All),
            Set(More),
            Statuses.Route($"parentRefs: [{{kind: ListenerSet, name: more}}]\n{Backend}", "on-set"),
            Statuses.Route($"parentRefs: [{{name: edge}}]\n{Backend}", "on-gateway"),
            Statuses.Route($"parentRefs: [{{name: edge, sectionName: more}}]\n{Backend}", "lost"),
            Statuses.Route($"parentRefs: [{{kind: ListenerSet, name: more, sectionName: http}}]\n{Backend}", "astray"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status.Parent("Accepted", "on-set"), status.Parent("Accepted", "on-gateway")), Is.EqualTo(("True Accepted", "True Accepted")));
            Assert.That((status.Parent("Accepted", "lost"), status.Parent("Accepted", "astray")), Is.EqualTo(("False NoMatchingParent", "False NoMatchingParent")));
            Assert.That(status["ListenerSet", "more"].Listeners.Single().AttachedRoutes, Is.EqualTo(1));
            Assert.That(status["Gateway", "edge"].Listeners.Single().AttachedRoutes, Is.EqualTo(1));
            Assert.That(status["HTTPRoute", "on-set"].Parents.Single().ParentRef.ToString(), Is.EqualTo("ListenerSet default/more"));
        }
    }

    [Test]
    public void Same_means_the_namespace_of_the_set()
    {
        var status = Statuses.Of(
            Statuses.Gateway(Http, All),
            Set(More, @namespace: "other"),
            Statuses.Route($"parentRefs: [{{kind: ListenerSet, name: more}}]\n{Backend}", "near", "other"),
            Statuses.Route($"parentRefs: [{{kind: ListenerSet, name: more, namespace: other}}]\n{Backend}", "far"));

        Assert.That((status.Parent("Accepted", "near"), status.Parent("Accepted", "far")), Is.EqualTo(("True Accepted", "False NotAllowedByListeners")));
    }

    [Test]
    public void A_set_that_is_not_taken_has_no_listeners_for_routes()
    {
        var status = Statuses.Of(Statuses.Gateway(Http), Set(More), Statuses.Route($"parentRefs: [{{kind: ListenerSet, name: more}}]\n{Backend}"));

        Assert.That(status.Parent("Accepted"), Is.EqualTo("False NoMatchingParent"));
    }

    private static string Set(string listeners, string name = "more", string @namespace = "default") =>
        Documents.Text("ListenerSet", name, $"parentRef: {{name: edge, namespace: default}}\nlisteners: [{listeners}]", @namespace);
}
