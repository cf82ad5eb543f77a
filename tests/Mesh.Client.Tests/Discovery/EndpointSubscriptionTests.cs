using System.Threading.Channels;
using Mesh.Client.Discovery;
using Mesh.Discovery;
using Mesh.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Client.Tests.Discovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EndpointSubscriptionTests
{
    private readonly ManualClock _clock = new();
    private readonly Channel<ModelList<MeshEndpoint>> _lists = Channel.CreateUnbounded<ModelList<MeshEndpoint>>();
    private readonly ScriptedSource _first = new("first");
    private readonly ScriptedSource _second = new("second");

    [Test]
    public async Task What_a_source_has_at_hand_is_there_when_Start_returns()
    {
        _first.Says("a:1");
        await using var subscription = Start(_first, _second);
        Assert.That(subscription.FirstResult.IsCompletedSuccessfully, Is.True);
        Assert.That(_lists.Reader.TryRead(out var list), Is.True);
        Assert.That(list!.Text(), Is.EqualTo(["a:1"]));
        Assert.That(subscription.Status, Is.EqualTo(new SubscriptionStatus(SubscriptionState.Live, "first", null, _clock.GetUtcNow())));
        Assert.That(_second.Running, Is.Zero, "later sources are not bothered");
    }

    [Test]
    public async Task The_next_source_is_asked_at_once_when_one_does_not_know_the_service()
    {
        _first.Says(EndpointUpdate.NotFound);
        _second.Says("b:1");
        await using var subscription = Start(_first, _second);
        Assert.That(subscription.FirstResult.IsCompletedSuccessfully, Is.True);
        Assert.That(await NextAsync(), Is.EqualTo(["b:1"]));
        Assert.That(subscription.Status.Source, Is.EqualTo("second"));
    }

    [Test]
    public async Task A_source_that_ends_without_a_word_does_not_know_and_one_that_ends_after_a_list_stands_by_it()
    {
        _first.Ends();
        _second.Says("b:1").Ends();
        await using var subscription = Start(_first, _second);
        Assert.That(await NextAsync(), Is.EqualTo(["b:1"]));
        Assert.That(subscription.Status.State, Is.EqualTo(SubscriptionState.Live));
        Assert.That((_first.Running, _second.Running, _clock.ArmedTimers), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task An_earlier_source_that_comes_to_know_the_service_takes_over()
    {
        _first.Says(EndpointUpdate.NotFound);
        _second.Says("b:1");
        await using var subscription = Start(_first, _second);
        await NextAsync();
        _first.Says("a:1");
        Assert.That(await NextAsync(), Is.EqualTo(["a:1"]));
        await _second.EndedAsync();
        Assert.That(subscription.Status.Source, Is.EqualTo("first"));
    }

    [Test]
    public async Task When_the_feeding_source_no_longer_knows_the_next_is_asked_and_the_list_stays_meanwhile()
    {
        _first.Says("a:1");
        await using var subscription = Start(_first, _second);
        await NextAsync();
        _first.Says(EndpointUpdate.NotFound);
        await _second.StartedAsync();
        Assert.That(_lists.Reader.TryRead(out _), Is.False);
        _second.Says("b:1");
        Assert.That(await NextAsync(), Is.EqualTo(["b:1"]));
    }

    [Test]
    public async Task A_source_that_fails_keeps_the_list_and_is_started_again_with_growing_delays()
    {
        _first.Says("a:1").Fails("lost").Fails("lost").Fails("lost");
        await using var subscription = Start(_first, _second);
        await NextAsync();
        await _clock.WaitForTimersAsync(1);
        Assert.That(subscription.Status, Is.EqualTo(new SubscriptionStatus(SubscriptionState.Stale, "first", "lost", _clock.GetUtcNow())));

        List<double> delays = [];
        for (var i = 0; i < 3; i++)
        {
            await _clock.WaitForTimersAsync(1);
            delays.Add(_clock.UntilNextTimer!.Value.TotalSeconds);
            _clock.Advance(_clock.UntilNextTimer!.Value);
        }

        Assert.That(delays, Is.EqualTo(new double[] { 1, 2, 4 }).Within(0.001));
        _first.Says("c:1");
        Assert.That(await NextAsync(), Is.EqualTo(["c:1"]), "nothing was handed on in between");
        Assert.That(_second.Running, Is.Zero);
    }

    [Test]
    public async Task A_source_that_fails_first_ends_the_wait_without_asking_the_next()
    {
        _first.Fails("no route to consul");
        _second.Says("b:1");
        await using var subscription = Start(_first, _second);
        Assert.That(subscription.FirstResult.IsCompletedSuccessfully, Is.True);
        Assert.That(subscription.Status, Is.EqualTo(new SubscriptionStatus(SubscriptionState.Failed, "first", "no route to consul")));
        Assert.That(_lists.Reader.TryRead(out _), Is.False);

        _first.Says("a:1");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await NextAsync(), Is.EqualTo(["a:1"]));
    }

    [Test]
    public async Task A_source_that_did_not_know_and_then_fails_does_not_disturb_the_one_that_feeds()
    {
        _first.Says(EndpointUpdate.NotFound);
        _second.Says("b:1");
        await using var subscription = Start(_first, _second);
        await NextAsync();
        _first.Fails("lost");
        await _clock.WaitForTimersAsync(1);
        Assert.That(subscription.Status.State, Is.EqualTo(SubscriptionState.Live));
        Assert.That(_second.Running, Is.EqualTo(1));
    }

    [Test]
    public async Task A_service_that_no_source_knows_fails_with_advice_and_keeps_a_list_it_had()
    {
        _first.Says(EndpointUpdate.NotFound);
        await using var unknown = Start(_first);
        Assert.That(unknown.FirstResult.IsCompletedSuccessfully, Is.True);
        Assert.That(unknown.Status.State, Is.EqualTo(SubscriptionState.Failed));
        Assert.That(unknown.Status.Problem, Does.Contain("'catalog'").And.Contain("ServiceEntry"));

        Assert.That(_lists.Reader.TryRead(out _), Is.False);

        _second.Says("b:1");
        await using var known = Start(_second);
        Assert.That(await NextAsync(), Is.EqualTo(["b:1"]));
        _second.Says(EndpointUpdate.NotFound).Ends();
        await _second.EndedAsync();
        Assert.That(_lists.Reader.TryRead(out _), Is.False);
        Assert.That(known.Status.State, Is.EqualTo(SubscriptionState.Stale));
    }

    [Test]
    public async Task A_problem_that_a_source_reports_makes_the_list_stale()
    {
        _first.Says(Endpoints.Update("a:1") with { Problem = "Services:catalog:http:1: bad" });
        await using var subscription = Start(_first);
        Assert.That(subscription.Status.State, Is.EqualTo(SubscriptionState.Stale));
        Assert.That(subscription.Status.Problem, Is.EqualTo("Services:catalog:http:1: bad"));
    }

    [Test]
    public async Task Nothing_is_left_behind_after_a_hundred_starts_and_stops()
    {
        for (var i = 0; i < 100; i++)
        {
            _first.Says(EndpointUpdate.NotFound);
            _second.Says($"b:{i + 1}");
            await using (Start(_first, _second))
            {
                Assert.That(await NextAsync(), Is.EqualTo([$"b:{i + 1}"]));
                Assert.That((_first.Running, _second.Running), Is.EqualTo((1, 1)));
            }

            Assert.That((_first.Running, _second.Running, _clock.ArmedTimers), Is.EqualTo((0, 0, 0)));
        }
    }

    [Test]
    public async Task A_listener_that_throws_does_not_stop_the_next_list()
    {
        _first.Says("a:1");
        var calls = 0;
        await using var subscription = new EndpointSubscription(Query, [_first], Context, list =>
        {
            _lists.Writer.TryWrite(list);
            if (calls++ == 0)
            {
                throw new InvalidOperationException("listener");
            }
        });
        subscription.Start();
        await NextAsync();
        _first.Says("b:1");
        Assert.That(await NextAsync(), Is.EqualTo(["b:1"]));
    }

    [Test]
    public async Task The_watch_does_not_carry_the_context_of_its_starter()
    {
        var ambient = new AsyncLocal<string?> { Value = "request" };
        var starterThread = SynchronizationContext.Current;
        string? seenInList = "unset", seenInTimer = "unset";
        _first.Says("a:1");
        await using var subscription = new EndpointSubscription(Query, [_first], Context, list =>
        {
            if (list.Count != 1)
            {
                seenInTimer = ambient.Value;
            }
            else if (list[0].Address == "b")
            {
                seenInList = ambient.Value;
            }

            _lists.Writer.TryWrite(list);
        });
        subscription.Start();
        await NextAsync();
        _first.Says("b:1");
        await NextAsync();
        _first.Says("b:1", "c:1");
        await _clock.WaitForTimersAsync(1);
        await Task.Run(() =>
        {
            // The clock runs timers on this thread; without a captured context they would see what this thread carries.
            ambient.Value = null;
            _clock.Advance(DebouncedEndpointUpdates.Window);
        });
        await NextAsync();
        Assert.That((seenInList, seenInTimer), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(starterThread, Is.Not.Null, "the runner's context is what a source without ConfigureAwait(false) would have been caught in");
    }

    [Test]
    public async Task Reports_from_many_threads_end_with_the_last_one()
    {
        await using var subscription = Start(_first);
        for (var i = 1; i <= 500; i++)
        {
            _first.Says($"n:{i}");
        }

        var last = "";
        while (last != "n:500")
        {
            last = (await NextAsync())[0];
        }

        Assert.That(subscription.Status.State, Is.EqualTo(SubscriptionState.Live));
    }

    private static ServiceQuery Query => ServiceQuery.TryParse("http://catalog", out var query) ? query : throw new InvalidOperationException();

    private DiscoveryContext Context => new(_clock, static () => ulong.MaxValue, NullLogger.Instance);

    private EndpointSubscription Start(params IEndpointSource[] sources)
    {
        var subscription = new EndpointSubscription(Query, sources, Context, list => _lists.Writer.TryWrite(list));
        subscription.Start();
        return subscription;
    }

    private async Task<string[]> NextAsync() => (await _lists.Reader.ReadAsync().AsTask().WaitAsync(Wait.Limit)).Text();
}
