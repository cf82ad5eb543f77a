namespace Mesh.Client.Telemetry;

/// <summary>Names under which the mesh measures and traces.</summary>
public static class MeshTelemetry
{
    /// <summary>Name of the meter: subscribe to it, or call <c>AddServiceMeshInstrumentation()</c> on a MeterProviderBuilder.</summary>
    public const string MeterName = "Mesh.Client";

    /// <summary>Name of the activity source: subscribe to it, or call <c>AddServiceMeshInstrumentation()</c> on a TracerProviderBuilder.</summary>
    public const string ActivitySourceName = "Mesh.Client";

    /// <summary>Histogram, seconds: whole requests as the application sees them, retries included.</summary>
    public const string RequestDuration = "mesh.client.request.duration";

    /// <summary>Histogram, seconds: single tries on endpoints.</summary>
    public const string AttemptDuration = "mesh.client.attempt.duration";

    /// <summary>Up-down counter: requests in flight on each endpoint.</summary>
    public const string ActiveRequests = "mesh.client.active_requests";

    /// <summary>Counter: ejections of endpoints.</summary>
    public const string Ejections = "mesh.client.ejections";

    /// <summary>Counter: events of the Polly strategies that a user put around a service (a circuit opened, a limit rejected, a fault was injected).</summary>
    public const string ResilienceEvents = "mesh.client.resilience.events";

    /// <summary>Gauge: number of the configuration in force; it grows by one with each change.</summary>
    public const string ConfigVersion = "mesh.config.version";

    /// <summary>Gauge: objects that were refused and whose last good version (or nothing) is in force.</summary>
    public const string ConfigErrors = "mesh.config.errors";
}
