namespace Mesh.Client.Discovery;

/// <summary>How far the endpoints of a service can be trusted.</summary>
internal enum SubscriptionState
{
    /// <summary>No source has answered yet.</summary>
    Pending,

    /// <summary>The list is what its source says now.</summary>
    Live,

    /// <summary>The last good list is in use, but its source fails or reports a problem.</summary>
    Stale,

    /// <summary>There is no list: the source fails, or none knows the service.</summary>
    Failed,
}

/// <summary>State of the endpoints of one service at one moment.</summary>
/// <param name="State">Whether they can be trusted.</param>
/// <param name="Source">Name of the source that feeds the list or is being waited for.</param>
/// <param name="Problem">What is wrong; null in <see cref="SubscriptionState.Pending"/> and <see cref="SubscriptionState.Live"/>.</param>
/// <param name="UpdatedAt">When a source last delivered a list; null: never.</param>
internal sealed record SubscriptionStatus(SubscriptionState State, string? Source = null, string? Problem = null, DateTimeOffset? UpdatedAt = null);
