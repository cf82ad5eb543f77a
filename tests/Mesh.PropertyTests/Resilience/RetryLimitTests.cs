using FsCheck.Fluent;
using Mesh.Client.Runtime;
using Mesh.Model;

namespace Mesh.PropertyTests.Resilience;

/// <summary>Retries in flight at one time, in any order of coming and going.</summary>
[TestFixture]
public class RetryLimitTests
{
    private enum Step
    {
        Enter,
        Exit,
        Retry,
        EndRetry,
    }

    [Test]
    public void Retries_in_flight_stay_within_the_budget() => Property.ForAll(
        from percent in Gen.Choose(0, 100)
        from minimum in Gen.Choose(0, 5)
        from hasBudget in Gen.Elements(true, false)
        from maxRetries in Gen.Choose(0, 10)
        from count in Gen.Choose(1, 200)
        from steps in Gen.ListOf(Gen.Frequency((4, Gen.Constant(Step.Enter)), (2, Gen.Constant(Step.Exit)), (4, Gen.Constant(Step.Retry)), (2, Gen.Constant(Step.EndRetry))), count)
        select (percent, minimum, hasBudget, maxRetries, steps),
        static sample =>
        {
            var policy = ClusterPolicy.Default with
            {
                RetryBudget = sample.hasBudget ? new RetryBudget(sample.percent, sample.minimum) : null,
                ConnectionPool = ConnectionPool.Default with { MaxRetries = sample.maxRetries },
            };
            var state = new ClusterState();
            int active = 0, retries = 0;
            foreach (var step in sample.steps)
            {
                switch (step)
                {
                    case Step.Enter:
                        Property.Require(state.TryEnter(policy.ConnectionPool, connections: null) is null, "nothing limits requests here");
                        active++;
                        break;
                    case Step.Exit when active > 0:
                        state.Exit();
                        active--;
                        break;
                    case Step.Retry:
                        var limit = sample.hasBudget ? Math.Max(sample.minimum, active * sample.percent / 100) : sample.maxRetries;
                        var allowed = state.TryEnterRetry(policy);
                        Property.Require(allowed == (retries < limit), $"retry {retries + 1} of a limit of {limit} ({active} active) was {(allowed ? "allowed" : "refused")}");
                        retries += allowed ? 1 : 0;
                        break;
                    case Step.EndRetry when retries > 0:
                        state.ExitRetry();
                        retries--;
                        break;
                }

                Property.Require(state.Active == active && state.ActiveRetries == retries, "the counters drifted");
            }
        },
        runs: 1_000);
}
