using FsCheck;
using FsCheck.Fluent;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.PropertyTests.Runtime;

/// <summary>Something that happens to a service.</summary>
internal abstract record MeshStep
{
    /// <summary>Discovery delivers a new list.</summary>
    public sealed record Discover(ModelList<MeshEndpoint> Endpoints) : MeshStep;

    /// <summary>A new configuration comes into force.</summary>
    public sealed record Configure(ClusterPolicy Policy) : MeshStep;

    /// <summary>An address answers differently from now on.</summary>
    public sealed record Behave(string Address, Behavior Behavior) : MeshStep;

    /// <summary>The application sends a request.</summary>
    public sealed record Call : MeshStep;

    /// <summary>One of the open requests or bodies ends, one way or another.</summary>
    public sealed record Finish(int Which, int How) : MeshStep;

    /// <summary>Time passes.</summary>
    public sealed record Advance(TimeSpan By) : MeshStep;

    public static string AddressOf(int number) => "10.0.0." + number;

    private static Gen<MeshEndpoint> Endpoint(int number) =>
        from weight in Gen.Frequency((8, Gen.Constant(1)), (2, Gen.Choose(2, 4)), (1, Gen.Constant(0)))
        from health in Gen.Frequency((10, Gen.Constant(EndpointHealth.Healthy)), (1, Gen.Elements(EndpointHealth.Degraded, EndpointHealth.Draining, EndpointHealth.Unhealthy)))
        select new MeshEndpoint { Address = AddressOf(number), Port = 80, Weight = weight, Health = health };

    private static Gen<MeshStep> Discovery =>
        from numbers in Gen.SubListOf(Enumerable.Range(1, 8))
        from endpoints in Gen.CollectToList(numbers, Endpoint)
        select (MeshStep)new Discover(endpoints.ToModelList());

    private static Gen<MeshStep> Configuration =>
        from threshold in Gen.Choose(1, 3)
        from time in Gen.Elements(5, 30, 90)
        from percent in Gen.Elements(10, 30, 50, 100)
        from split in Gen.Elements(true, false)
        from algorithm in Gen.Elements(LoadBalancingAlgorithms.LeastRequest, LoadBalancingAlgorithms.RoundRobin, LoadBalancingAlgorithms.Random)
        from budget in Gen.Elements<RetryBudget?>(null, new RetryBudget(50, 1))
        select (MeshStep)new Configure(new ClusterPolicy
        {
            LoadBalancing = new LoadBalancing { Algorithm = algorithm },
            RetryBudget = budget,
            OutlierDetection = new OutlierDetection
            {
                Consecutive5xxErrors = threshold,
                SplitExternalLocalOriginErrors = split,
                ConsecutiveLocalOriginFailures = threshold,
                BaseEjectionTime = TimeSpan.FromSeconds(time),
                MaxEjectionTime = TimeSpan.FromSeconds(120),
                MaxEjectionPercent = percent,
            },
        });

    private static Gen<MeshStep> Behaving =>
        from number in Gen.Choose(1, 8)
        from behavior in Gen.Elements(Enum.GetValues<Behavior>())
        select (MeshStep)new Behave(AddressOf(number), behavior);

    private static Gen<MeshStep> Passing =>
        from time in Gen.Elements(1, 999, 1_000, 5_000, 10_000, 30_000, 59_000, 60_000, 62_000)
        select (MeshStep)new Advance(TimeSpan.FromMilliseconds(time));

    private static Gen<MeshStep> Step => Gen.Frequency(
        (2, Discovery),
        (1, Configuration),
        (6, Behaving),
        (16, Gen.Constant<MeshStep>(new Call())),
        (4, from which in Gen.Choose(0, 100) from how in Gen.Choose(0, 2) select (MeshStep)new Finish(which, how)),
        (4, Passing));

    /// <summary>What goes on around calls that run at the same time.</summary>
    private static Gen<MeshStep> Change => Gen.Frequency(
        (4, Discovery),
        (3, Configuration),
        (6, Behaving),
        (2, Passing));

    /// <summary>A history without calls: those are made meanwhile.</summary>
    public static Gen<MeshStep[]> Changes =>
        from discovery in Discovery
        from configuration in Configuration
        from count in Gen.Choose(5, 60)
        from steps in Gen.ListOf(Change, count)
        select (MeshStep[])[discovery, configuration, .. steps];

    /// <summary>A history: endpoints and a configuration, then anything.</summary>
    public static Gen<MeshStep[]> Histories =>
        from discovery in Discovery
        from configuration in Configuration
        from count in Gen.Choose(5, 120)
        from steps in Gen.ListOf(Step, count)
        select (MeshStep[])[discovery, configuration, .. steps];

    /// <summary>Leaves out stretches of a history, then single steps; the first two stay.</summary>
    public static IEnumerable<MeshStep[]> Shrink(MeshStep[] history)
    {
        for (var length = (history.Length - 2) / 2; length >= 1; length /= 2)
        {
            for (var start = 2; start + length <= history.Length; start += length)
            {
                yield return [.. history[..start], .. history[(start + length)..]];
            }
        }
    }
}
