using Mesh.Configuration.Analysis;
using static Mesh.Configuration.Tests.Analysis.AnalysisRun;

namespace Mesh.Configuration.Tests.Analysis;

/// <summary>The questions of our own that take more than one document.</summary>
public sealed class AcrossTests
{
    private const string ToV1 = "- route: [{destination: {host: orders, subset: v1}}]";

    [Test]
    public void A_subset_in_use_needs_labels()
    {
        Assert.That(
            Of<SubsetWithoutLabelsAnalyzer>(Join(VirtualService(ToV1), DestinationRule("subsets: [{name: v1}, {name: v2}]"))),
            Is.EqualTo(["MESH1004 DestinationRule default/orders 16"]));
        Assert.That(Of<SubsetWithoutLabelsAnalyzer>(DestinationRule("subsets: [{name: v1}]")), Is.Empty, "nobody uses it");
        Assert.That(
            Of<SubsetWithoutLabelsAnalyzer>(Join(VirtualService(ToV1), DestinationRule("subsets: [{name: v1, trafficPolicy: {loadBalancer: {simple: RANDOM}}}]"))),
            Is.Empty, "a policy of its own is a reason to be");
    }

    [Test]
    public void Retries_of_a_client_multiply_with_those_of_the_mesh()
    {
        var rule = VirtualService("- route: [{destination: {host: orders}}]\n  retries: {attempts: 2}");

        var message = Messages<RetriesMultiplyAnalyzer>(rule, """{ "Clients": { "Orders": { "Retry": { "MaxRetryAttempts": 3 } } } }""").Single();
        Assert.That(message.Text, Does.StartWith("'Clients:Orders:Retry:MaxRetryAttempts' is 3").And.Contain("up to 12 tries"));
        Assert.That(message.At.Source, Is.EqualTo("appsettings.json"));
        Assert.That(Of<RetriesMultiplyAnalyzer>(rule, """{ "Retry": { "MaxRetryAttempts": 0 } }"""), Is.Empty);
        Assert.That(Of<RetriesMultiplyAnalyzer>(rule.Replace("attempts: 2", "", StringComparison.Ordinal), """{ "Retry": { "MaxRetryAttempts": 3 } }"""), Is.Empty, "the rule turns its own off");
    }

    [Test]
    public void A_service_that_is_exported_to_nobody_cannot_be_reached()
    {
        Assert.That(
            Of<UnreachableHostAnalyzer>(Service(extra: "annotations: {networking.istio.io/exportTo: '~'}")),
            Is.EqualTo(["MESH1007 Service default/orders 5"]));
        Assert.That(Of<UnreachableHostAnalyzer>(Service(extra: "annotations: {networking.istio.io/exportTo: '.'}")), Is.Empty);
    }

    [Test]
    public void Rules_for_a_host_that_is_no_service_are_pointed_out_once_services_are_known()
    {
        var rule = VirtualService("- route: [{destination: {host: catalog}}]");

        Assert.That(All(Join(rule, Service("catalog"))).Messages.Select(static m => m.Type.Code), Is.EqualTo(["MESH1008"]));
        Assert.That(All(rule).Messages, Is.Empty, "a folder of rules alone shows no services");
    }

    [TestCase(3, "", true)]
    [TestCase(3, "maxEjectionPercent: 33", false)]
    [TestCase(10, "", false)]
    [TestCase(1, "", false)]
    public void Outlier_detection_must_be_able_to_eject_one(int replicas, string percent, bool isReported) =>
        Assert.That(
            Of<OutlierDetectionAnalyzer>(Join(Service(), Deployment("orders", replicas), DestinationRule($"trafficPolicy: {{outlierDetection: {{consecutive5xxErrors: 5, {percent}}}}}"))).Count,
            Is.EqualTo(isReported ? 1 : 0));

    [Test]
    public void Of_two_rules_for_a_host_the_second_policy_is_not_used()
    {
        const string policy = "trafficPolicy: {loadBalancer: {simple: RANDOM}}";

        Assert.That(Of<DuplicateDestinationRuleAnalyzer>(Join(DestinationRule(policy, "b"), DestinationRule(policy, "a"))), Is.EqualTo(["MESH1014 DestinationRule default/b 7"]));
        Assert.That(Of<DuplicateDestinationRuleAnalyzer>(Join(DestinationRule(policy, "a"), DestinationRule("subsets: [{name: v1, labels: {v: '1'}}]", "b"))), Is.Empty, "subsets add up");
    }

    [TestCase("hosts: [x]", "has hosts of its own")]
    [TestCase("exportTo: [other]", "is not exported")]
    [TestCase("", null)]
    public void A_delegate_must_be_able_to_take_over(string spec, string? problem)
    {
        var yaml = Join(
            VirtualService("- match: [{uri: {prefix: /a}}]\n  delegate: {name: inner, namespace: teams}"),
            $$$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: inner, namespace: teams}
            spec:
              http: [{match: [{uri: {prefix: /a/b}}], route: [{destination: {host: orders}}]}]
              {{{spec}}}
            """);

        Assert.That(Messages<DelegateAnalyzer>(yaml).Select(static m => m.Text), problem is null ? Is.Empty : Has.Exactly(1).Contains(problem));
    }

    [Test]
    public void A_delegate_that_does_not_exist_is_an_error() =>
        Assert.That(Of<DelegateAnalyzer>(VirtualService("- delegate: {name: inner}")), Is.EqualTo(["MESH1015 VirtualService default/orders 8"]));

    [Test]
    public void An_import_that_covers_no_service_is_reported()
    {
        const string sidecar = """
            apiVersion: networking.istio.io/v1
            kind: Sidecar
            metadata: {name: default}
            spec:
              egress:
              - hosts: ["./*", "*/orders.default.svc.cluster.local", "./order.default.svc.cluster.local"]
            """;

        Assert.That(Messages<SidecarImportAnalyzer>(Join(sidecar, Service())).Select(static m => m.Text), Has.Exactly(1).Contains("'./order."));
    }

    [Test]
    public void Several_texts_for_one_object_are_told_once_with_their_places()
    {
        var message = Messages<DuplicateDocumentAnalyzer>(Join(Service(), Service(), Service("catalog"), Service(), Service())).Single();

        Assert.That((message.Resource, message.At.Line), Is.EqualTo(("Service default/orders", 4)));
        Assert.That(message.Text, Does.StartWith("is written again at mesh.yaml:10, mesh.yaml:28 and 1 more:"));
    }

    [Test]
    public void Subsets_are_looked_for_in_the_pods_of_deployments()
    {
        var yaml = Join(Service(), Deployment("orders", 2), DestinationRule("subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]"));

        Assert.That(Messages<SubsetEndpointsAnalyzer>(yaml).Select(static m => m.Text), Has.Exactly(1).StartsWith("subset 'v2' (version=v2)"));
    }

    [TestCase("reviews.prod", "write 'reviews.prod.svc.cluster.local'")]
    [TestCase("reviews", "write 'reviews.prod.svc.cluster.local'")]
    [TestCase("review.prod.svc.cluster.local", "check the name")]
    public void A_destination_that_does_not_exist_comes_with_what_may_be_meant(string host, string remedy)
    {
        var yaml = Join(VirtualService($"- route: [{{destination: {{host: {host}}}}}]"), Service("reviews").Replace("name: reviews\n", "name: reviews\n  namespace: prod\n", StringComparison.Ordinal));

        Assert.That(Messages<DestinationHostAnalyzer>(yaml).Single().Text, Does.Contain(remedy));
    }
}
