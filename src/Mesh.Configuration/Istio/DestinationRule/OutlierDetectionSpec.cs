using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Passive health checking. Source: Istio OutlierDetection.</summary>
public sealed record OutlierDetectionSpec
{
    /// <summary>Removed from Istio; read so that a warning can say so.</summary>
    public int? ConsecutiveErrors { get; init; }

    /// <summary>True counts connection failures on their own. Default false.</summary>
    public bool? SplitExternalLocalOriginErrors { get; init; }

    /// <summary>Connection failures in a row before ejection, when split. Default 5.</summary>
    public int? ConsecutiveLocalOriginFailures { get; init; }

    /// <summary>502, 503 and 504 in a row before ejection. Default 0: off.</summary>
    public int? ConsecutiveGatewayErrors { get; init; }

    /// <summary>5xx in a row before ejection; 0: off. Default 5.</summary>
    public int? Consecutive5xxErrors { get; init; }

    /// <summary>Time between sweeps. Default 10 s.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Length of the first ejection; the n-th in a row lasts n times as long. Default 30 s.</summary>
    public TimeSpan? BaseEjectionTime { get; init; }

    /// <summary>Most endpoints, in percent, ejected at once. Default 10.</summary>
    public int? MaxEjectionPercent { get; init; }

    /// <summary>Below this healthy share, in percent, every endpoint is used. Default 0: off.</summary>
    public int? MinHealthPercent { get; init; }

    /// <summary>Statuses that count as errors instead of 5xx (Istio <c>outlierDetectionHttpErrorCodes</c>).</summary>
    public ModelList<int> OutlierDetectionHttpErrorCodes { get; init; } = [];
}
