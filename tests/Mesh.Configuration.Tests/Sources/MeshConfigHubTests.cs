using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Tests.Reading;

namespace Mesh.Configuration.Tests.Sources;

public class MeshConfigHubTests
{
    private static string Fruit(string name, string colour) => FruitKind.Yaml(name, $"colour: {colour}") + "---\n";

    [Test]
    public async Task A_start_is_complete_on_return_when_the_sources_deliver_at_once()
    {
        await using var fixture = new HubFixture(new InMemoryConfigSource(ConfigBatch.FromYaml("a", Fruit("apple", "red"))));
        Assert.Multiple(() =>
        {
            Assert.That(fixture.Hub.Current.Version, Is.Zero);
            Assert.That(fixture.Hub.StartAsync().IsCompletedSuccessfully, Is.True);
            Assert.That(fixture.InForce, Is.EqualTo(new[] { "apple=red" }));
            Assert.That(fixture.Hub.Current.Model.Version, Is.EqualTo("v1"));
            Assert.That(fixture.Log.Lines, Has.Member("Information: configuration v1 in force: 1 services, 0 rules, 0 problems"));
        });
    }

    [Test]
    public async Task An_update_comes_into_force_and_an_unchanged_one_raises_nothing()
    {
        var source = new InMemoryConfigSource();
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        Assert.That(await fixture.NextAsync(), Is.Empty);
        source.Update(Fruit("apple", "red"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
        source.Update(Fruit("apple", "red") + "# a comment\n");
        source.Update(Fruit("apple", "red") + Fruit("pear", "green"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red", "pear=green" }));
        Assert.That(fixture.Hub.Current.Version, Is.EqualTo(3));
        Assert.That(fixture.HasMore, Is.False);
    }

    [Test]
    public async Task An_object_that_is_removed_is_removed()
    {
        var source = new InMemoryConfigSource(ConfigBatch.FromYaml("a", Fruit("apple", "red") + Fruit("pear", "green")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        source.Update(Fruit("pear", "green"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "pear=green" }));
    }

    [Test]
    public async Task The_last_good_version_of_a_broken_object_stays_and_the_others_move_on()
    {
        var source = new InMemoryConfigSource(ConfigBatch.FromYaml("memory", Fruit("apple", "red") + Fruit("pear", "green")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        source.Update(FruitKind.Yaml("apple", "color: blue") + "---\n" + Fruit("pear", "yellow"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red", "pear=yellow" }));
        Assert.That(fixture.Hub.Current.Problems.Single().ToString(), Is.EqualTo("memory:6:3: error: Fruit default/apple: spec.color: unknown field 'color'; did you mean 'colour'?"));
        source.Update(Fruit("apple", "blue") + Fruit("pear", "yellow"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue", "pear=yellow" }));
        Assert.That(fixture.Hub.Current.Problems, Is.Empty);
    }

    [Test]
    public async Task A_document_that_cannot_even_be_identified_takes_no_object_of_its_text_away()
    {
        var source = new InMemoryConfigSource(ConfigBatch.FromYaml("memory", Fruit("apple", "red") + Fruit("pear", "green")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        source.Update("apiVersion: networking.istio.io/v1\nkind: Fruit\nmetadata: {name: app\n---\n" + Fruit("pear", "yellow"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red", "pear=yellow" }));
    }

    [Test]
    public async Task An_object_that_does_not_fit_with_the_others_is_put_back()
    {
        var source = new InMemoryConfigSource(ConfigBatch.FromYaml("memory", Fruit("apple", "red")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        source.Update(Fruit("apple", "clashing") + Fruit("pear", "green"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red", "pear=green" }));
        Assert.That(fixture.Messages(), Is.EqualTo(new[] { "does not go with the others" }));
    }

    [Test]
    public async Task When_lowering_throws_the_last_configuration_stays()
    {
        var source = new InMemoryConfigSource(ConfigBatch.FromYaml("memory", Fruit("apple", "red")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        source.Update(Fruit("apple", "exploding"));
        source.Update(Fruit("apple", "exploding") + Fruit("pear", "green"));
        source.Update(Fruit("apple", "blue"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue" }));
        Assert.That(fixture.Hub.Current.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task A_first_lowering_that_throws_is_reported_and_the_hub_starts()
    {
        await using var fixture = new HubFixture(new InMemoryConfigSource(ConfigBatch.FromYaml("memory", Fruit("apple", "exploding"))));
        await fixture.Hub.StartAsync();
        Assert.That(fixture.Hub.Current.Version, Is.Zero);
        Assert.That(fixture.Messages().Single(), Does.Contain("could not be put together").And.Contain("boom"));
    }

    [Test]
    public async Task The_source_of_higher_precedence_wins_the_whole_object()
    {
        var low = new InMemoryConfigSource(ConfigBatch.FromYaml("low.yaml", Fruit("apple", "red") + Fruit("pear", "green")), precedence: 1);
        var high = new InMemoryConfigSource(ConfigBatch.FromYaml("high.yaml", Fruit("apple", "blue")), precedence: 2);
        await using var fixture = new HubFixture(low, high);
        await fixture.Hub.StartAsync();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue", "pear=green" }));
        Assert.That(fixture.Hub.Current.Problems.Single().ToString(), Is.EqualTo("low.yaml:1:1: warning: Fruit default/apple: is not used: the one from high.yaml:1:1 has the higher precedence"));
        high.Update(ConfigBatch.Empty);
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red", "pear=green" }));
    }

    [Test]
    public async Task The_same_object_twice_in_a_source_is_an_error_and_the_first_counts()
    {
        await using var fixture = new HubFixture(new InMemoryConfigSource(ConfigBatch.FromTexts([new("a.yaml", Fruit("apple", "red")), new("b.yaml", Fruit("apple", "blue"))])));
        await fixture.Hub.StartAsync();
        Assert.That(fixture.InForce, Is.EqualTo(new[] { "apple=red" }));
        Assert.That(fixture.Hub.Current.Problems.Single().ToString(), Is.EqualTo("b.yaml:1:1: error: Fruit default/apple: the same object stands in a.yaml:1:1 already; this second one is not used"));
    }

    [Test]
    public async Task A_problem_is_logged_when_it_appears_and_not_again()
    {
        var source = new InMemoryConfigSource(ConfigBatch.FromYaml("memory", FruitKind.Yaml("plum", "color: blue")));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        source.Update(FruitKind.Yaml("plum", "color: blue") + "---\n" + Fruit("apple", "red"));
        await fixture.NextAsync();
        Assert.That(fixture.Log.Lines.Count(l => l.StartsWith("Error: memory:6:3: error: Fruit default/plum", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task What_has_not_changed_is_the_same_instance()
    {
        var first = new ConfigText("a.yaml", Fruit("apple", "red") + Fruit("pear", "green"));
        var source = new InMemoryConfigSource(ConfigBatch.FromTexts([first, new("b.yaml", Fruit("plum", "blue"))]));
        await using var fixture = new HubFixture(source);
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        var before = fixture.Lowered.ToDictionary(d => d.Metadata.Name);
        source.Update(ConfigBatch.FromTexts([new("a.yaml", Fruit("apple", "red") + Fruit("pear", "yellow")), new("b.yaml", Fruit("plum", "blue"))]));
        await fixture.NextAsync();
        var after = fixture.Lowered.ToDictionary(d => d.Metadata.Name);
        Assert.Multiple(() =>
        {
            Assert.That(after["apple"], Is.SameAs(before["apple"]));
            Assert.That(after["plum"], Is.SameAs(before["plum"]));
            Assert.That(after["pear"], Is.Not.SameAs(before["pear"]));
        });
    }

    [Test]
    public async Task A_handler_that_throws_does_not_stop_the_others()
    {
        var source = new InMemoryConfigSource();
        await using var fixture = new HubFixture(source);
        fixture.Hub.Changed += _ => throw new InvalidOperationException("handler");
        await fixture.Hub.StartAsync();
        await fixture.NextAsync();
        source.Update(Fruit("apple", "red"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
        Assert.That(fixture.Log.Lines, Has.Member("Error: a handler of the change to configuration v1 has failed"));
    }

    [Test]
    public async Task A_source_that_fails_keeps_its_documents_and_is_started_again()
    {
        var source = new ScriptedSource();
        await using var fixture = new HubFixture(new MeshConfigHubOptions { RestartDelay = TimeSpan.FromMilliseconds(1) }, source, new InMemoryConfigSource());
        source.Yield(Fruit("apple", "red"));
        await fixture.Hub.StartAsync();
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red" }));
        source.Throw("lost");
        await source.StartedAgain.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(fixture.InForce, Is.EqualTo(new[] { "apple=red" }));
        source.Yield(Fruit("apple", "blue"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=blue" }));
        Assert.That(fixture.Log.Lines, Has.Member("Error: scripted: error: the source has failed and will be started again: lost"));
        Assert.That(fixture.Hub.Current.Problems, Is.Empty);
    }

    [Test]
    public async Task A_start_waits_for_a_slow_source()
    {
        var source = new ScriptedSource();
        await using var fixture = new HubFixture(source);
        var start = fixture.Hub.StartAsync();
        Assert.That(start.IsCompleted, Is.False);
        source.Yield(Fruit("apple", "red"));
        await start.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(fixture.InForce, Is.EqualTo(new[] { "apple=red" }));
        Assert.That(fixture.Hub.Current.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task A_start_goes_on_without_a_source_that_takes_too_long()
    {
        var slow = new ScriptedSource();
        var memory = new InMemoryConfigSource(ConfigBatch.FromYaml("memory", Fruit("apple", "red")));
        await using var fixture = new HubFixture(new MeshConfigHubOptions { InitialLoadTimeout = TimeSpan.FromMilliseconds(1) }, slow, memory);
        await fixture.Hub.StartAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(fixture.InForce, Is.EqualTo(new[] { "apple=red" }));
        Assert.That(fixture.Log.Lines, Has.Member("Warning: starting without the configuration of scripted, which is still to come"));
        await fixture.NextAsync();
        slow.Yield(Fruit("pear", "green"));
        Assert.That(await fixture.NextAsync(), Is.EqualTo(new[] { "apple=red", "pear=green" }));
    }

    private sealed class ScriptedSource : IMeshConfigSource
    {
        private readonly Channel<object> _script = Channel.CreateUnbounded<object>();
        private readonly TaskCompletionSource _again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _starts;

        public string Name => "scripted";

        public int Precedence => 0;

        public Task StartedAgain => _again.Task;

        public void Yield(string yaml) => _script.Writer.TryWrite(ConfigBatch.FromYaml("scripted.yaml", yaml));

        public void Throw(string message) => _script.Writer.TryWrite(new InvalidOperationException(message));

        public async IAsyncEnumerable<ConfigBatch> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _starts) == 2)
            {
                _again.SetResult();
            }

            await foreach (var step in _script.Reader.ReadAllAsync(cancellationToken))
            {
                yield return step as ConfigBatch ?? throw (Exception)step;
            }
        }
    }
}
