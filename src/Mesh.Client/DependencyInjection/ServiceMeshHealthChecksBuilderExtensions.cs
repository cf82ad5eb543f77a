using Mesh.Client.DependencyInjection;
using Mesh.Client.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Shows the state of the mesh as a health check.</summary>
public static class ServiceMeshHealthChecksBuilderExtensions
{
    /// <summary>Reports refused configuration objects. Needs <c>AddServiceMesh()</c>.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">Name of the check. Default <c>mesh</c>.</param>
    /// <param name="failureStatus">What a problem counts as. Default: degraded, since traffic goes on under the last good versions.</param>
    /// <param name="tags">Tags of the check.</param>
    public static IHealthChecksBuilder AddServiceMesh(this IHealthChecksBuilder builder, string name = "mesh", HealthStatus failureStatus = HealthStatus.Degraded, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, static provider => new MeshHealthCheck(provider.GetRequiredService<MeshRuntime>()), failureStatus, tags));
    }
}
