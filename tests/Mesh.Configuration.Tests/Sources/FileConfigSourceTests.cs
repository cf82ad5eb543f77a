using System.Diagnostics;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Tests.Reading;

namespace Mesh.Configuration.Tests.Sources;

/// <summary>Real files and real file-system events; every wait is for a change of the hub.</summary>
public class FileConfigSourceTests
{
    private static readonly FileConfigSourceOptions s_quick = new() { Debounce = TimeSpan.FromMilliseconds(10), MissingPollInterval = TimeSpan.FromMilliseconds(20) };

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mesh-config-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    private static string Fruit(string name, string colour) => FruitKind.Yaml(name, $"colour: {colour}");

    private string At(string name) => Path.Combine(_folder, name);

    private HubFixture Watch(string? path = null) => new(new FileConfigSource(path ?? _folder, s_quick));

    [Test]
    public async Task A_folder_is_read_at_once_with_everything_below_it()
    {
        Directory.CreateDirectory(At("below"));
        File.WriteAllText(At("a.yaml"), Fruit("apple", "red") + "---\n" + Fruit("pear", "green"));
        File.WriteAllText(At("below/b.yml"), Fruit("plum", "blue"));
        File.WriteAllText(At("c.json"), """{"apiVersion": "networking.istio.io/v1", "kind": "Fruit", "metadata": {"name": "fig"}, "spec": {"colour": "brown"}}""");
        File.WriteAllText(At("notes.txt"), "no configuration");
        File.WriteAllText(At(".#a.yaml"), "an editor's lock");
        await using var fixture = Watch();
        Assert.That(fixture.Hub.StartAsync().IsCompletedSuccessfully, Is.True);
        Assert.That(fixture.InForce, Is.EqualTo(new[] { "apple=red", "fig=brown", "pear=green", "plum=blue" }));
        Assert.That(fixture.Hub.Current.Problems, Is.Empty);
    }

    [Test]
    public async Task Edits_new_files_and_deletions_come_into_force()
    {
        File.WriteAllText(At("a.yaml"), Fruit("apple", "red"));
        await using var fixture = Watch();
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        File.WriteAllText(At("a.yaml"), Fruit("apple", "tan"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=tan" }));
        File.WriteAllText(At("b.yaml"), Fruit("pear", "green"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=tan", "pear=green" }));
        File.Delete(At("a.yaml"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "pear=green" }));
    }

    [Test]
    public async Task A_file_in_a_new_folder_below_is_found()
    {
        await using var fixture = Watch();
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        Directory.CreateDirectory(At("below"));
        File.WriteAllText(At("below/a.yaml"), Fruit("apple", "red"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
    }

    [Test]
    public async Task A_file_that_is_replaced_by_renaming_is_read_again()
    {
        File.WriteAllText(At("a.yaml"), Fruit("apple", "red"));
        await using var fixture = Watch();
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        File.WriteAllText(At("a.yaml.tmp"), Fruit("apple", "blue"));
        File.Move(At("a.yaml.tmp"), At("a.yaml"), overwrite: true);
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue" }));
    }

    [Test]
    public async Task A_half_written_file_takes_nothing_out_of_force()
    {
        File.WriteAllText(At("a.yaml"), Fruit("apple", "red"));
        await using var fixture = Watch();
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        var whole = Fruit("apple", "blue");
        File.WriteAllText(At("a.yaml"), whole[..30] + " {");
        File.WriteAllText(At("b.yaml"), Fruit("pear", "green"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red", "pear=green" }));
        File.WriteAllText(At("a.yaml"), whole);
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue", "pear=green" }));
        Assert.That(fixture.Hub.Current.Problems, Is.Empty);
    }

    [Test]
    public void A_file_that_is_suddenly_empty_keeps_its_text_for_a_few_looks()
    {
        File.WriteAllText(At("a.yaml"), Fruit("apple", "red"));
        var scan = new FolderScan(_folder);
        var first = scan.Read();
        File.WriteAllText(At("a.yaml"), "");
        Assert.That(scan.Read().Batch, Is.SameAs(first.Batch));
        Assert.That(scan.Read().Next, Is.EqualTo(NextScan.Soon));
        ScanResult last = default;
        for (var i = 0; i < 5; i++)
        {
            last = scan.Read();
        }

        Assert.That(last.Batch.Texts.Single().Text, Is.Empty);
        Assert.That(last.Next, Is.EqualTo(NextScan.OnChange));
    }

    [Test]
    public void A_scan_without_a_change_gives_the_same_batch_and_a_change_only_its_own_text()
    {
        File.WriteAllText(At("a.yaml"), Fruit("apple", "red"));
        File.WriteAllText(At("b.yaml"), Fruit("pear", "green"));
        var scan = new FolderScan(_folder);
        var first = scan.Read().Batch;
        Assert.That(scan.Read().Batch, Is.SameAs(first));
        File.WriteAllText(At("b.yaml"), Fruit("pear", "olive"));
        var second = scan.Read(new HashSet<string> { At("b.yaml") }).Batch;
        Assert.Multiple(() =>
        {
            Assert.That(second.Texts[0], Is.SameAs(first.Texts[0]));
            Assert.That(second.Texts[1].Text, Does.Contain("olive"));
        });
    }

    [Test]
    public async Task A_mounted_ConfigMap_is_read_once_and_its_swap_is_seen()
    {
        Directory.CreateDirectory(At("..1"));
        File.WriteAllText(At("..1/a.yaml"), Fruit("apple", "red"));
        File.CreateSymbolicLink(At("..data"), "..1");
        File.CreateSymbolicLink(At("a.yaml"), "..data/a.yaml");
        await using var fixture = Watch();
        await fixture.Hub.StartAsync();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
        Assert.That(fixture.Hub.Current.Problems, Is.Empty);
        Directory.CreateDirectory(At("..2"));
        File.WriteAllText(At("..2/a.yaml"), Fruit("apple", "blue"));
        File.CreateSymbolicLink(At("..data_tmp"), "..2");

        // As the kubelet does it; File.Move refuses a link to a folder.
        using (var rename = Process.Start("mv", ["-fT", At("..data_tmp"), At("..data")]))
        {
            await rename.WaitForExitAsync();
        }

        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue" }));
    }

    [Test]
    public async Task A_single_file_is_watched_too()
    {
        File.WriteAllText(At("a.yaml"), Fruit("apple", "red"));
        await using var fixture = Watch(At("a.yaml"));
        await fixture.Hub.StartAsync();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
        File.WriteAllText(At("a.yaml"), Fruit("apple", "blue"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue" }));
    }

    [TestCase("later")]
    [TestCase("later/mesh.yaml")]
    public async Task What_is_not_there_is_a_problem_until_it_appears(string path)
    {
        await using var fixture = Watch(At(path));
        Assert.That(fixture.Hub.StartAsync().IsCompletedSuccessfully, Is.True);
        await fixture.NextAsync();
        Assert.That(fixture.Hub.Current.Problems.Single().ToString(), Is.EqualTo($"{At(path)}: error: does not exist; it is read as soon as it appears"));
        Directory.CreateDirectory(At("later"));
        File.WriteAllText(At("later/mesh.yaml"), Fruit("apple", "red"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
    }

    [Test]
    public async Task A_folder_that_goes_away_takes_nothing_out_of_force_and_is_read_when_it_is_back()
    {
        Directory.CreateDirectory(At("mesh"));
        File.WriteAllText(At("mesh/a.yaml"), Fruit("apple", "red"));
        await using var fixture = Watch(At("mesh"));
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        Directory.Move(At("mesh"), At("gone"));
        Directory.CreateDirectory(At("new"));
        File.WriteAllText(At("new/a.yaml"), Fruit("apple", "blue"));
        Directory.Move(At("new"), At("mesh"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue" }));
        File.WriteAllText(At("mesh/a.yaml"), Fruit("apple", "green"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=green" }));
    }
}
