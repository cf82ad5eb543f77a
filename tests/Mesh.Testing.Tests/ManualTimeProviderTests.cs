namespace Mesh.Testing.Tests;

public class ManualTimeProviderTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _fired = [];

    [Test]
    public void Stands_still_until_it_is_advanced()
    {
        var before = _clock.GetUtcNow();
        var stamp = _clock.GetTimestamp();

        Assert.That(_clock.GetUtcNow(), Is.EqualTo(before));
        _clock.Advance(s_second);

        Assert.That(_clock.GetUtcNow() - before, Is.EqualTo(s_second));
        Assert.That(_clock.GetElapsedTime(stamp), Is.EqualTo(s_second));
    }

    [Test]
    public void Fires_in_the_order_of_due_times_and_of_arming_with_the_clock_at_the_due_time()
    {
        using var late = Timer("late", 3);
        using var first = Timer("first", 2);
        using var second = Timer("second", 2);
        using var early = Timer("early", 1);

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.That(_fired, Is.EqualTo(new[] { "early@1", "first@2", "second@2", "late@3" }));
        Assert.That(_clock.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void Repeats_a_periodic_timer_until_it_is_disposed()
    {
        var timer = _clock.CreateTimer(_ => _fired.Add("tick"), null, s_second, TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(_fired, Has.Count.EqualTo(3));
        Assert.That(_clock.ArmedTimers, Is.Zero);
        Assert.That(timer.Change(s_second, Timeout.InfiniteTimeSpan), Is.False);
    }

    [Test]
    public void Fires_what_a_callback_arms_within_the_same_advance()
    {
        ITimer? second = null;
        using var first = _clock.CreateTimer(_ => second = Timer("second", 2), null, s_second, Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(3));

        second!.Dispose();
        Assert.That(_fired, Is.EqualTo(new[] { "second@3" }));
    }

    [Test]
    public void A_timer_due_at_once_waits_for_an_advance_by_zero_and_fires_once_in_it()
    {
        ITimer? self = null;
        self = _clock.CreateTimer(
            _ =>
            {
                _fired.Add("now");
                self!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            },
            null,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        Assert.That(_fired, Is.Empty);

        _clock.Advance(TimeSpan.Zero);

        self.Dispose();
        Assert.That(_fired, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_timer_disposed_of_by_an_earlier_one_does_not_fire()
    {
        var victim = Timer("victim", 2);
        using var killer = _clock.CreateTimer(_ => victim.Dispose(), null, s_second, Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(_fired, Is.Empty);
    }

    [Test]
    public void Changing_a_timer_moves_it()
    {
        using var timer = Timer("moved", 1);
        timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);

        Assert.That(_clock.UntilNextTimer, Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(_clock.AdvanceToNextTimer(), Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(_fired, Is.EqualTo(new[] { "moved@4" }));
        Assert.That(() => _clock.AdvanceToNextTimer(), Throws.InvalidOperationException);
    }

    [Test]
    public void Advancing_from_a_callback_is_refused()
    {
        using var timer = _clock.CreateTimer(_ => _clock.Advance(s_second), null, s_second, Timeout.InfiniteTimeSpan);

        Assert.That(() => _clock.Advance(s_second), Throws.InvalidOperationException);
    }

    [Test]
    public void A_callback_sees_the_AsyncLocals_of_the_code_that_armed_it()
    {
        var local = new AsyncLocal<string> { Value = "armed" };
        string? seen = null;
        using var timer = _clock.CreateTimer(_ => seen = local.Value, null, s_second, Timeout.InfiniteTimeSpan);
        local.Value = "advanced";

        _clock.Advance(s_second);

        Assert.That(seen, Is.EqualTo("armed"));
    }

    [Test]
    public async Task Drives_Task_Delay_cancellation_and_PeriodicTimer()
    {
        using var cancellation = new CancellationTokenSource(s_second, _clock);
        using var periodic = new PeriodicTimer(s_second, _clock);
        var tick = periodic.WaitForNextTickAsync().AsTask();
        var delay = Task.Delay(s_second, _clock);
        await _clock.WaitForTimersAsync(3);
        Assert.That(delay.IsCompleted || tick.IsCompleted || cancellation.IsCancellationRequested, Is.False);

        _clock.Advance(s_second);

        await delay;
        Assert.That(await tick, Is.True);
        Assert.That(cancellation.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task Waiting_for_timers_completes_when_other_threads_have_armed_them()
    {
        var waiting = _clock.WaitForTimersAsync(2);
        var first = Task.Run(() => Task.Delay(s_second, _clock));
        var second = Task.Run(() => Task.Delay(s_second, _clock));
        await waiting;

        _clock.Advance(s_second);

        await Task.WhenAll(first, second);
        Assert.That(
            () => _clock.WaitForTimersAsync(1, TimeSpan.FromMilliseconds(1)),
            Throws.InstanceOf<TimeoutException>().With.Message.EqualTo("1 armed timers were expected; there are 0."));
    }

    private ITimer Timer(string name, int seconds) => _clock.CreateTimer(
        _ => _fired.Add($"{name}@{_clock.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
