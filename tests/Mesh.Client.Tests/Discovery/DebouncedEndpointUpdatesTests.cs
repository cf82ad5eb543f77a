using Mesh.Client.Discovery;
using Mesh.Discovery;

namespace Mesh.Client.Tests.Discovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DebouncedEndpointUpdatesTests
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _delivered = [];

    [Test]
    public void The_first_list_is_handed_on_at_once_even_an_empty_one()
    {
        using var updates = Create();
        Offer(updates);
        Assert.That(_delivered, Is.EqualTo([""]));
    }

    [Test]
    public void Additions_wait_for_others_for_ten_milliseconds_from_the_first()
    {
        using var updates = Create();
        Offer(updates, "a:1");
        Offer(updates, "a:1", "b:1");
        _clock.Advance(TimeSpan.FromMilliseconds(6));
        Offer(updates, "a:1", "b:1", "c:1");
        Assert.That(_delivered, Is.EqualTo(["a:1"]));
        _clock.Advance(TimeSpan.FromMilliseconds(4));
        Assert.That(_delivered, Is.EqualTo(["a:1", "a:1 b:1 c:1"]));
    }

    [Test]
    public void A_removal_is_handed_on_at_once_with_all_that_waits()
    {
        using var updates = Create();
        Offer(updates, "a:1", "b:1");
        Offer(updates, "a:1", "b:1", "c:1");
        Offer(updates, "b:1", "c:1");
        Assert.That(_delivered, Is.EqualTo(["a:1 b:1", "b:1 c:1"]));
        Assert.That(_clock.ArmedTimers, Is.Zero);
    }

    [Test]
    public void An_endpoint_that_worsens_or_loses_its_weight_counts_as_removed_and_one_that_gets_more_weight_as_added()
    {
        using var updates = Create();
        var a = EndpointUpdate.Parse("a:1");
        updates.Offer([a]);
        updates.Offer([a with { Weight = 5 }]);
        Assert.That(_delivered, Has.Count.EqualTo(1));
        updates.Offer([a with { Health = EndpointHealth.Draining }]);
        Assert.That(_delivered, Has.Count.EqualTo(2));
        updates.Offer([a]);
        Assert.That(_delivered, Has.Count.EqualTo(2));
        _clock.Advance(DebouncedEndpointUpdates.Window);
        updates.Offer([a with { Weight = 0 }]);
        Assert.That(_delivered, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_list_equal_to_the_one_in_force_cancels_what_waits()
    {
        using var updates = Create();
        Offer(updates, "a:1");
        Offer(updates, "a:1", "b:1");
        Offer(updates, "a:1");
        Assert.That(_clock.ArmedTimers, Is.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_delivered, Is.EqualTo(["a:1"]));
    }

    [Test]
    public void Nothing_is_handed_on_after_disposal()
    {
        var updates = Create();
        Offer(updates, "a:1");
        Offer(updates, "a:1", "b:1");
        updates.Dispose();
        Offer(updates, "c:1");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_delivered, Is.EqualTo(["a:1"]));
        Assert.That(_clock.ArmedTimers, Is.Zero);
    }

    private static void Offer(DebouncedEndpointUpdates updates, params string[] endpoints) => updates.Offer(Endpoints.Update(endpoints).Endpoints);

    private DebouncedEndpointUpdates Create() => new(_clock, list => _delivered.Add(string.Join(' ', list.Text())));
}
