namespace Mesh.Configuration.Tests.GatewayApi.Status;

public sealed class PolicyStatusTests
{
    private static readonly string s_edge = Statuses.Gateway("{name: http, port: 80, protocol: HTTP}")
        + Statuses.Route("parentRefs: [{name: edge}]\nrules: [{backendRefs: [{name: catalog, port: 80}]}]");

    [Test]
    public void A_policy_has_a_status_under_each_gateway_that_leads_to_its_target()
    {
        var status = Statuses.Of(s_edge, Policy("ca"), Statuses.ConfigMap("ca"));

        Assert.That(status["BackendTLSPolicy", "tls"].Ancestors.Single().ParentRef.ToString(), Is.EqualTo("Gateway default/edge"));
        Assert.That((status.Ancestor("Accepted"), status.Ancestor("ResolvedRefs")), Is.EqualTo(("True Accepted", "True ResolvedRefs")));
    }

    [Test]
    public void Without_a_gateway_it_stands_under_the_service_that_callers_of_the_mesh_reach() =>
        Assert.That(Statuses.Of(Policy("ca"), Statuses.ConfigMap("ca"))["BackendTLSPolicy", "tls"].Ancestors.Single().ParentRef.ToString(), Is.EqualTo("Service default/catalog"));

    [TestCase("ConfigMap", "False InvalidCACertificateRef")]
    [TestCase("Bundle", "False InvalidKind")]
    public void With_nobody_to_trust_it_is_not_accepted(string kind, string resolved)
    {
        var status = Statuses.Of(s_edge, Policy("nobody", kind: kind));

        Assert.That((status.Ancestor("Accepted"), status.Ancestor("ResolvedRefs")), Is.EqualTo(("False NoValidCACertificate", resolved)));
    }

    [Test]
    public void Of_two_for_the_same_target_the_first_acts_and_a_named_port_is_another_target()
    {
        var status = Statuses.Of(s_edge, Policy("ca"), Policy("ca", "tls-2"), Policy("ca", "tls-port", ", sectionName: http"), Statuses.ConfigMap("ca"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Ancestor("Accepted"), Is.EqualTo("True Accepted"));
            Assert.That(status.Ancestor("Accepted", "tls-2"), Is.EqualTo("False Conflicted"));
            Assert.That(status.Ancestor("Accepted", "tls-port"), Is.EqualTo("True Accepted"));
        }
    }

    [Test]
    public void One_certificate_that_is_found_is_enough_and_so_is_one_target_that_is_left()
    {
        var two = Documents.Text("BackendTLSPolicy", "tls", """
            targetRefs: [{group: "", kind: Service, name: catalog}, {group: "", kind: Service, name: catalog, sectionName: none}]
            validation: {hostname: a.example, caCertificateRefs: [{group: "", kind: ConfigMap, name: nobody}, {group: "", kind: ConfigMap, name: ca}]}
            """.Replace("{group: \"\", kind: Service, name: catalog}, ", "{group: \"\", kind: Service, name: catalog, sectionName: http}, ", StringComparison.Ordinal));
        var status = Statuses.Of(two, Statuses.ConfigMap("ca"));

        Assert.That((status.Ancestor("Accepted"), status.Ancestor("ResolvedRefs")), Is.EqualTo(("True Accepted", "False InvalidCACertificateRef")));
    }

    [Test]
    public void A_target_that_does_not_exist_is_named()
    {
        var status = Statuses.Of(s_edge, Policy("ca", section: ", sectionName: admin"), Policy("ca", "lost", target: "nobody"), Statuses.ConfigMap("ca"));

        Assert.That(status["BackendTLSPolicy", "tls"].Ancestors.Single().Conditions[0].Reason, Is.EqualTo("TargetNotFound"));
        Assert.That(status["BackendTLSPolicy", "lost"].Missing.Single().Path, Is.EqualTo("spec.targetRefs[0]"));
    }

    private static string Policy(string ca, string name = "tls", string section = "", string kind = "ConfigMap", string target = "catalog") => Documents.Text(
        "BackendTLSPolicy",
        name,
        $"targetRefs: [{{group: \"\", kind: Service, name: {target}{section}}}]\nvalidation: {{hostname: catalog.example, caCertificateRefs: [{{group: \"\", kind: {kind}, name: {ca}}}]}}");
}
