// hot path
using Mesh.Model;

namespace Mesh.Client.Health;

/// <summary>
/// The counters of passive health checking for one endpoint. Written by every request with plain volatile and interlocked operations; no lock, no clock.
/// Source: Envoy outlier detection (ENVOY §9): a counter that reaches its threshold triggers and starts again at zero.
/// </summary>
internal sealed class EndpointHealthState
{
    private int _consecutive5xx;
    private int _consecutiveGateway;
    private int _consecutiveLocal;

    /// <summary>Counts one outcome.</summary>
    /// <returns>Why the endpoint should be ejected, or null.</returns>
    public string? Record(in AttemptOutcome outcome, OutlierDetection policy)
    {
        if (outcome.Result != AttemptResult.Response && policy.SplitExternalLocalOriginErrors)
        {
            return policy.ConsecutiveLocalOriginFailures > 0 && Reached(ref _consecutiveLocal, policy.ConsecutiveLocalOriginFailures)
                ? EjectionReason.Of(EjectionReason.LocalFailures, outcome.Result)
                : null;
        }

        var status = outcome.HealthStatus;
        if (!IsError(status, policy))
        {
            Reset();
            return null;
        }

        var gateway = status is 502 or 503 or 504;
        if (!gateway)
        {
            _consecutiveGateway = 0;
        }
        else if (policy.ConsecutiveGatewayErrors > 0 && Reached(ref _consecutiveGateway, policy.ConsecutiveGatewayErrors))
        {
            return EjectionReason.Of(EjectionReason.GatewayErrors, outcome.Result);
        }

        return policy.Consecutive5xxErrors > 0 && Reached(ref _consecutive5xx, policy.Consecutive5xxErrors) ? EjectionReason.Of(EjectionReason.ServerErrors, outcome.Result) : null;
    }

    /// <summary>Forgets what was counted: after a success, and when an ejection ends.</summary>
    public void Reset()
    {
        // Read before write: on a healthy endpoint nobody dirties the cache line.
        if (_consecutive5xx != 0)
        {
            _consecutive5xx = 0;
        }

        if (_consecutiveGateway != 0)
        {
            _consecutiveGateway = 0;
        }

        if (_consecutiveLocal != 0)
        {
            _consecutiveLocal = 0;
        }
    }

    /// <summary>Whether a status counts as an error under a policy.</summary>
    public static bool IsError(int status, OutlierDetection policy)
    {
        if (policy.HttpErrorCodes.Count == 0)
        {
            return status is >= 500 and <= 599;
        }

        foreach (var code in policy.HttpErrorCodes)
        {
            if (code == status)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Reached(ref int counter, int threshold)
    {
        if (Interlocked.Increment(ref counter) < threshold)
        {
            return false;
        }

        counter = 0;
        return true;
    }
}
