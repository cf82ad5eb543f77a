namespace Mesh.Testing.Tests;

public class SyncPointTests
{
    [Test]
    public async Task Holds_a_caller_until_it_is_released()
    {
        using var point = new SyncPoint("swap");
        var caller = Task.Run(() => point.ReachAsync());
        await point.WaitForArrivalAsync();
        Assert.That(caller.IsCompleted, Is.False);
        Assert.That(point.Waiting, Is.EqualTo(1));

        point.Release();

        await caller;
        Assert.That(point.Waiting, Is.Zero);
    }

    [Test]
    public async Task One_release_lets_one_of_many_go()
    {
        using var point = new SyncPoint("many");
        var callers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => point.ReachAsync())).ToArray();
        foreach (var _ in callers)
        {
            await point.WaitForArrivalAsync();
        }

        point.Release();
        await Task.WhenAny(callers);
        Assert.That(callers.Count(c => c.IsCompleted), Is.EqualTo(1));

        point.Release(2);
        await Task.WhenAll(callers);
    }

    [Test]
    public async Task An_open_point_stops_nobody()
    {
        using var point = new SyncPoint("open");
        var early = point.ReachAsync();
        point.Open();

        await early;
        await point.ReachAsync();
        point.Reach();
    }

    [Test]
    public void Says_which_point_was_not_reached()
    {
        using var point = new SyncPoint("between pick and send");

        Assert.That(
            () => point.WaitForArrivalAsync(TimeSpan.FromMilliseconds(1)),
            Throws.InstanceOf<TimeoutException>().With.Message.Contains("'between pick and send'"));
    }

    [Test]
    public async Task A_cancelled_caller_leaves()
    {
        using var point = new SyncPoint("cancelled");
        using var cancellation = new CancellationTokenSource();
        var caller = point.ReachAsync(cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That(() => caller, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(point.Waiting, Is.Zero);
    }
}
