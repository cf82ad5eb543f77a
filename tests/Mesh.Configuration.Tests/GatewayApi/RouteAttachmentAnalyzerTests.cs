using Mesh.Configuration.Analysis;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Tests.GatewayApi.Status;

namespace Mesh.Configuration.Tests.GatewayApi;

public sealed class RouteAttachmentAnalyzerTests
{
    [Test]
    public void A_route_that_is_not_taken_and_a_backend_that_is_not_there_are_reported_where_they_stand()
    {
        var found = Analyze(
            Statuses.Services,
            Statuses.Gateway("{name: http, port: 80, protocol: HTTP}"),
            Statuses.Route("parentRefs: [{name: edge, sectionName: https}, {name: nowhere}]\nrules: [{backendRefs: [{name: nobody, port: 80}]}]"));

        Assert.That(found.Select(static m => m.Type.Code), Is.EqualTo(new[] { "MESH1020", "MESH1020", "MESH1021" }));
        Assert.That(found.Select(static m => m.At.Line), Is.All.GreaterThan(0));
        Assert.That(found[2].Text, Does.StartWith("BackendNotFound"));
    }

    [Test]
    public void What_may_be_kept_elsewhere_is_not_missing() =>
        Assert.That(Analyze(Statuses.Route("parentRefs: [{name: edge}]\nrules: [{backendRefs: [{name: nobody, port: 80}]}]")), Is.Empty);

    [Test]
    public void A_service_as_parent_needs_its_group() =>
        Assert.That(Analyze(Statuses.Services, Statuses.Route("parentRefs: [{kind: Service, name: catalog}]")).Single().Text, Does.Contain("group: \"\""));

    private static AnalysisMessage[] Analyze(params string[] documents) =>
        [.. ConfigurationAnalysis.Analyze([new ConfigText("mesh.yaml", string.Concat(documents))]).Messages.Where(static m => m.Type.Code is "MESH1020" or "MESH1021")];
}
