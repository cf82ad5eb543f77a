namespace Mesh.Diagnostics;

/// <summary>Something that happened in the mesh that a person would want to see on a console: rare, and never on the path of a healthy request.</summary>
/// <param name="Time">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Service">Full name of the service; empty when it concerns none.</param>
/// <param name="Endpoint">Address and port; empty when it concerns none.</param>
/// <param name="Message">The event in one sentence.</param>
public sealed record MeshEvent(DateTimeOffset Time, MeshEventKind Kind, string Service, string Endpoint, string Message);

/// <summary>Kinds of <see cref="MeshEvent"/>.</summary>
public enum MeshEventKind
{
    /// <summary>A new configuration is in force.</summary>
    ConfigurationApplied,

    /// <summary>A document was refused; its last good version stays.</summary>
    ConfigurationProblem,

    /// <summary>An endpoint was taken out of rotation.</summary>
    EndpointEjected,

    /// <summary>An endpoint would have been ejected, but the limit on ejections was reached.</summary>
    EjectionRefused,

    /// <summary>An ejection ended; the endpoint is tried with one request.</summary>
    EndpointProbing,

    /// <summary>An endpoint proved itself and is back in rotation.</summary>
    EndpointReturned,

    /// <summary>Endpoints came or went.</summary>
    EndpointsChanged,
}
