using System.Text.Json;

namespace Mesh.Cli.Tests;

public sealed class StatusCommandTests
{
    private const string Route = """
        apiVersion: v1
        kind: Service
        metadata: {name: catalog}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec:
          parentRefs: [{group: "", kind: Service, name: catalog}]
          rules: [{backendRefs: [{name: BACKEND, port: 80}]}]
        """;

    [Test]
    public async Task Conditions_are_printed_for_programs()
    {
        using var folder = new Meshctl();
        var run = await Meshctl.RunAsync("status", folder.File("route.yaml", Route.Replace("BACKEND", "catalog", StringComparison.Ordinal)), "-o", "json");

        Assert.That(run.Code, Is.Zero);
        var route = JsonDocument.Parse(run.Output).RootElement[0];
        Assert.That(route.GetProperty("kind").GetString(), Is.EqualTo("HTTPRoute"));
        Assert.That(route.GetProperty("parents")[0].GetProperty("parentRef").GetProperty("name").GetString(), Is.EqualTo("catalog"));
        Assert.That(route.GetProperty("parents")[0].GetProperty("conditions")[0].GetProperty("type").GetString(), Is.EqualTo("Accepted"));
    }

    [Test]
    public async Task What_is_not_as_it_should_be_is_said_to_people_and_by_the_exit_code()
    {
        using var folder = new Meshctl();
        var run = await Meshctl.RunAsync("status", folder.File("route.yaml", Route.Replace("BACKEND", "nobody", StringComparison.Ordinal)));

        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.Lines, Has.Some.StartsWith("ResolvedRefs=False BackendNotFound"));
    }
}
