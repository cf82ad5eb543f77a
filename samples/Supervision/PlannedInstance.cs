namespace Samples.Supervision;

/// <summary>One process of a sample: what it is and where it listens.</summary>
internal sealed record PlannedInstance(string Service, string Name, string Version, int Port)
{
    public string Address => $"127.0.0.1:{Port}";
}

/// <summary>State of one instance as the supervisor sees it.</summary>
public sealed record InstanceStatus(string Service, string Name, string Version, string Address, int Pid, bool Running);

/// <summary>What a sample runs. The last instance is its front: it starts when all that it calls is up, and stops before them.</summary>
internal sealed record SupervisedPlan
{
    /// <summary>Name of the sample, as a title and at the beginning of a sentence.</summary>
    public required string Title { get; init; }

    public required PlannedInstance[] Instances { get; init; }

    /// <summary>Port that the front was asked to have; 0: any.</summary>
    public required int WantedPort { get; init; }

    /// <summary>Arguments by which the sample's own binary becomes an instance.</summary>
    public required Func<PlannedInstance, IEnumerable<string>> Arguments { get; init; }

    /// <summary>Environment variables of every instance.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Says what to try, once everything runs.</summary>
    public required Action<IReadOnlyList<InstanceStatus>> Explain { get; init; }
}
