using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes the faults of a rule. A fault without a share hits nobody and is left out.</summary>
internal static class FaultLowering
{
    public static Fault? Lower(HTTPFaultInjectionSpec? spec)
    {
        var delay = spec?.Delay?.Percentage ?? spec?.Delay?.Percent ?? 0;
        var abort = spec?.Abort?.Percentage ?? 0;
        var fault = new Fault();
        if (spec?.Delay?.FixedDelay is { } duration && delay > 0)
        {
            fault = fault with { Delay = duration, DelayPercent = delay };
        }

        if (spec?.Abort is { } target && abort > 0)
        {
            fault = fault with { AbortHttpStatus = target.HttpStatus, AbortGrpcStatus = target.GrpcStatus, AbortPercent = abort };
        }

        return fault is { Delay: null, AbortHttpStatus: null, AbortGrpcStatus: null } ? null : fault;
    }
}
