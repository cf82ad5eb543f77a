using Mesh.Discovery;

namespace Mesh.Client.Tests.Discovery.Examples;

internal sealed class FolderEndpointSourceTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("mesh-endpoints-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task The_example_follows_its_folder()
    {
        var clock = new ManualClock();
        var file = Path.Combine(_folder.FullName, "catalog.txt");
        await using var watch = new WatchProbe(new FolderEndpointSource(_folder.FullName, clock), "http://catalog");
        Assert.That(await watch.NextAsync(), Is.EqualTo(EndpointUpdate.NotFound));

        Assert.That(watch.HasNext(), Is.False);
        await File.WriteAllLinesAsync(file, ["10.0.0.1:80", "", "10.0.0.2:80"]);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["10.0.0.1:80", "10.0.0.2:80"]));

        Assert.That(watch.HasNext(), Is.False);
        await File.WriteAllTextAsync(file, "::::");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(watch.NextAsync, Throws.InstanceOf<FormatException>());
    }

    [Test]
    public async Task The_documentation_shows_exactly_this_example()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Mesh.sln")))
        {
            root = root.Parent!;
        }

        var code = await File.ReadAllTextAsync(Path.Combine(root.FullName, "tests/Mesh.Client.Tests/Discovery/Examples/FolderEndpointSource.cs"));
        var page = await File.ReadAllTextAsync(Path.Combine(root.FullName, "docs/discovery.md"));
        Assert.That(page, Does.Contain(code[code.IndexOf("/// <summary>", StringComparison.Ordinal)..].TrimEnd()));
    }
}
