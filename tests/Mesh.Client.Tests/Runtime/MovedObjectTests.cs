namespace Mesh.Client.Tests.Runtime;

/// <summary>A line added above an object moves it and changes nothing else.</summary>
[TestFixture]
public class MovedObjectTests
{
    private static readonly string s_yaml = TestMesh.Service("orders.local", "10.0.0.1") + """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http: [{ route: [{ destination: { host: orders.local } }] }]
        """;

    [Test]
    public async Task An_object_that_has_only_moved_is_not_brought_into_force_anew_but_shown_in_its_new_place()
    {
        await using var mesh = await TestMesh.StartAsync(s_yaml);
        var (snapshot, version) = (mesh.Runtime.Current, mesh.Mesh.ConfigVersion);
        var (service, rule) = Lines(mesh);

        await mesh.UpdateAsync("# one\n# two\n" + s_yaml);

        Assert.That(mesh.Runtime.Current, Is.SameAs(snapshot));
        Assert.That(mesh.Mesh.ConfigVersion, Is.EqualTo(version));
        Assert.That(Lines(mesh), Is.EqualTo((service + 2, rule + 2)));
    }

    private static (int Service, int Rule) Lines(TestMesh mesh)
    {
        var service = mesh.Mesh.Model.Services.Single();
        return (service.Origin!.Line, service.Rules[0].Origin!.Line);
    }
}
