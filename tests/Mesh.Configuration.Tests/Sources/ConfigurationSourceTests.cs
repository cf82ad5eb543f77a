using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace Mesh.Configuration.Tests.Sources;

public class ConfigurationSourceTests
{
    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => v.Value)).Build();

    private static async Task<ConfigBatch> FirstAsync(IMeshConfigSource source)
    {
        await using var batches = source.WatchAsync(CancellationToken.None).GetAsyncEnumerator();
        var first = batches.MoveNextAsync();
        Assert.That(first.IsCompleted, Is.True);
        Assert.That(await first, Is.True);
        return batches.Current;
    }

    [Test]
    public async Task Documents_are_read_without_regard_to_case_and_with_numbers_as_list_positions()
    {
        var source = new ConfigurationSectionSource(Configuration(
            ("mesh:documents:0:KIND", "Fruit"),
            ("mesh:documents:0:Metadata:Name", "apple"),
            ("mesh:documents:0:Spec:COLOUR", "5"),
            ("mesh:documents:0:Spec:weight", "7"),
            ("mesh:documents:0:Spec:ripe", "True"),
            ("mesh:documents:0:Spec:taste", "sour"),
            ("mesh:documents:0:Spec:names:0", "a"),
            ("mesh:documents:0:Spec:names:10", "c"),
            ("mesh:documents:0:Spec:names:2", "b"),
            ("mesh:documents:0:Spec:seeds:0:name", "one"),
            ("mesh:documents:0:Spec:labels", "")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        Assert.That(fixture.Hub.Current.Problems, Is.Empty);
        Assert.That(fixture.Lowered.Single().Spec, Is.EqualTo(new Reading.FruitSpec
        {
            Colour = "5",
            Weight = 7,
            Ripe = true,
            Taste = Reading.Taste.Sour,
            Names = ["a", "b", "c"],
            Seeds = [new("one", null)],
        }));
    }

    [Test]
    public async Task A_later_provider_changes_a_single_field_and_a_reload_brings_it_into_force()
    {
        var configuration = Configuration(
            ("Mesh:Documents:0:kind", "Fruit"), ("Mesh:Documents:0:metadata:name", "apple"), ("Mesh:Documents:0:spec:colour", "red"), ("Mesh:Documents:0:spec:weight", "1"));
        await using var fixture = new HubFixture(new ConfigurationSectionSource(configuration));
        await fixture.Hub.StartAsync();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
        configuration.Reload();
        configuration["MESH:DOCUMENTS:0:SPEC:COLOUR"] = "blue";
        configuration.Reload();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue" }));
        Assert.That(fixture.HasMore, Is.False);
    }

    [Test]
    public async Task A_mistake_is_placed_by_its_configuration_path()
    {
        var source = new ConfigurationSectionSource(Configuration(
            ("Mesh:Documents:0:kind", "Fruit"), ("Mesh:Documents:0:metadata:name", "apple"), ("Mesh:Documents:0:spec:weight", "much")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        Assert.That(fixture.Hub.Current.Problems.Single().ToString(), Is.EqualTo("Mesh:Documents:0:spec:weight: error: Fruit default/apple: spec.weight: must be a whole number, not 'much'"));
    }

    [Test]
    public async Task Sections_are_named_after_kinds_and_hold_specs_by_name()
    {
        var batch = await FirstAsync(new ConfigurationSectionSource(Configuration(
            ("Mesh:VirtualServices:Catalog:hosts:0", "catalog"),
            ("Mesh:ServiceEntries:shop/info:hosts:0", "info"),
            ("Mesh:Workload:name", "an option of the client"))));
        Assert.That(batch.Problems, Is.Empty);
        var documents = batch.Sections.Select(s => (Kind: s.Root.Field("kind")!.Scalar, Namespace: s.Root.Field("metadata")!.Field("namespace")?.Scalar, Name: s.Root.Field("metadata")!.Field("name")!.Scalar));
        Assert.That(documents, Is.EquivalentTo(new[] { ("VirtualService", null, "catalog"), ("ServiceEntry", "shop", "info") }));
    }

    [Test]
    public async Task A_mistyped_section_is_an_error()
    {
        var batch = await FirstAsync(new ConfigurationSectionSource(Configuration(("Mesh:VirtualService:catalog:hosts:0", "catalog"))));
        Assert.That(batch.Problems.Single().ToString(), Is.EqualTo("Mesh:VirtualService: error: unknown section 'VirtualService'; did you mean 'VirtualServices'?"));
    }

    [Test]
    public async Task Every_key_of_the_services_section_is_a_service()
    {
        var configuration = Configuration(("Services:Catalog:http:0", "127.0.0.1:5001"), ("Services:orders:https", "127.0.0.1:5002"));
        await using var fixture = new HubFixture(new DiscoveredServicesSource(configuration));
        await fixture.Hub.StartAsync();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "catalog=Services", "orders=Services" }));
        var catalog = fixture.Lowered.Single(d => d.Metadata.Name == "catalog");
        Assert.That(catalog.Spec, Is.EqualTo(new DiscoveredServiceSpec { Name = "catalog" }));
        Assert.That(catalog.Key, Is.EqualTo(new ObjectKey("Services", "default", "catalog", "")));
        configuration["Services:info:http:0"] = "127.0.0.1:5003";
        configuration.Reload();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "catalog=Services", "info=Services", "orders=Services" }));
        Assert.That(fixture.Lowered.Single(d => d.Metadata.Name == "catalog"), Is.SameAs(catalog));
    }
}
