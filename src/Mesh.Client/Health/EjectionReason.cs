namespace Mesh.Client.Health;

/// <summary>
/// Why an endpoint was ejected, in words. Failures without an answer count as the status they stand for (503, 504), so the counter that was full says
/// little of what happened; the failure that filled it is named with it.
/// </summary>
internal static class EjectionReason
{
    public const string ServerErrors = "consecutive 5xx errors";

    public const string GatewayErrors = "consecutive gateway errors";

    public const string LocalFailures = "consecutive local-origin failures";

    public const string Probe = "the probing request failed";

    /// <summary>The reason for a full counter.</summary>
    /// <param name="counter">One of the texts above.</param>
    /// <param name="last">How the try ended that filled it.</param>
    public static string Of(string counter, AttemptResult last) => last switch
    {
        AttemptResult.ConnectFailure => counter + ", the last one a failed connection",
        AttemptResult.RefusedStream => counter + ", the last one a refused stream",
        AttemptResult.Reset => counter + ", the last one a reset connection",
        AttemptResult.Timeout => counter + ", the last one a time-out",
        _ => counter,
    };
}
