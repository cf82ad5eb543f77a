using Mesh.Client.Runtime;
using Mesh.Model;
using Mesh.Testing;

namespace Mesh.Client.Tests.Resilience;

[TestFixture]
public class RetryBudgetTests
{
    private static readonly ClusterPolicy s_policy = ClusterPolicy.Default with { RetryBudget = new RetryBudget(20, 0, TimeSpan.FromSeconds(10)) };

    [Test]
    public void With_an_interval_the_share_is_of_the_requests_begun_in_it()
    {
        var time = new ManualTimeProvider();
        var state = new ClusterState();
        var window = state.WindowOf(s_policy.RetryBudget, time)!;
        for (var i = 0; i < 10; i++)
        {
            window.Add();
        }

        Assert.That(Enumerable.Range(0, 4).Select(_ => state.TryEnterRetry(s_policy, window)), Is.EqualTo(new[] { true, true, false, false }));

        time.Advance(TimeSpan.FromSeconds(11));
        state.ExitRetry();
        state.ExitRetry();
        Assert.That(state.TryEnterRetry(s_policy, window), Is.False, "the requests have left the window");
    }

    [Test]
    public void The_window_slides()
    {
        var time = new ManualTimeProvider();
        var window = new RequestWindow(time, TimeSpan.FromSeconds(10));
        window.Add();
        time.Advance(TimeSpan.FromSeconds(6));
        window.Add();
        Assert.That(window.Count(), Is.EqualTo(2));

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(window.Count(), Is.EqualTo(1));
    }

    [Test]
    public void It_survives_a_snapshot_that_keeps_the_interval()
    {
        var (time, state) = (new ManualTimeProvider(), new ClusterState());
        var first = state.WindowOf(s_policy.RetryBudget, time);

        Assert.That(state.WindowOf(new RetryBudget(50, 3, TimeSpan.FromSeconds(10)), time), Is.SameAs(first));
        Assert.That(state.WindowOf(new RetryBudget(50, 3, TimeSpan.FromSeconds(20)), time), Is.Not.SameAs(first));
        Assert.That(state.WindowOf(new RetryBudget(), time), Is.Null);
    }
}
