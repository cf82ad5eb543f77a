namespace Mesh.Configuration.Istio;

/// <summary>Injected delays and errors. Source: Istio HTTPFaultInjection.</summary>
public sealed record HTTPFaultInjectionSpec
{
    /// <summary>Holds requests before they are forwarded.</summary>
    public FaultDelaySpec? Delay { get; init; }

    /// <summary>Answers requests with an error.</summary>
    public FaultAbortSpec? Abort { get; init; }
}

/// <summary>A delay. Source: Istio HTTPFaultInjection.Delay.</summary>
public sealed record FaultDelaySpec
{
    /// <summary>Old form of <see cref="Percentage"/> in whole percent.</summary>
    public int? Percent { get; init; }

    /// <summary>Length of the hold, at least 1 ms.</summary>
    public TimeSpan? FixedDelay { get; init; }

    /// <summary>Declared by Istio and never implemented there.</summary>
    public TimeSpan? ExponentialDelay { get; init; }

    /// <summary>Share of requests, 0–100. Null: none of them.</summary>
    public double? Percentage { get; init; }
}

/// <summary>An error. Source: Istio HTTPFaultInjection.Abort.</summary>
public sealed record FaultAbortSpec
{
    /// <summary>Status to answer with, 200–599.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>gRPC status to answer with, for example <c>UNAVAILABLE</c>.</summary>
    public string? GrpcStatus { get; init; }

    /// <summary>Declared by Istio and refused by it.</summary>
    public string? Http2Error { get; init; }

    /// <summary>Share of requests, 0–100. Null: none of them.</summary>
    public double? Percentage { get; init; }
}
