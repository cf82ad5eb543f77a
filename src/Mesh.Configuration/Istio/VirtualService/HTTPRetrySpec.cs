namespace Mesh.Configuration.Istio;

/// <summary>When and how often a failed try is repeated. Source: Istio HTTPRetry.</summary>
public sealed record HTTPRetrySpec
{
    /// <summary>Tries after the first; null or 0: no retries.</summary>
    public int? Attempts { get; init; }

    /// <summary>Time for each try, at least 1 ms; null: only the rule's timeout counts.</summary>
    public TimeSpan? PerTryTimeout { get; init; }

    /// <summary>Comma-separated conditions and statuses; null: Istio's built-in conditions.</summary>
    public string? RetryOn { get; init; }

    /// <summary>True lets retries move to other localities. Default false.</summary>
    public bool? RetryRemoteLocalities { get; init; }

    /// <summary>True avoids endpoints already tried. Default true.</summary>
    public bool? RetryIgnorePreviousHosts { get; init; }

    /// <summary>Base of the exponential pause between tries. Default 25 ms.</summary>
    public TimeSpan? Backoff { get; init; }
}
