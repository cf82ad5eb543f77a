using Mesh.Client.Runtime;
using Mesh.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mesh.Client.DependencyInjection;

/// <summary>Healthy when the configuration in force is what was written; the registered failure status when the mesh runs on last good versions or has not started.</summary>
internal sealed class MeshHealthCheck(MeshRuntime runtime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (runtime.Current is null)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The mesh has no configuration yet."));
        }

        var errors = runtime.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).ToArray();
        var data = new Dictionary<string, object> { ["version"] = runtime.ConfigVersion };
        if (errors.Length == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy($"Configuration v{runtime.ConfigVersion} is in force.", data));
        }

        data["errors"] = errors.Select(static e => e.ToString()).ToArray();
        return Task.FromResult(new HealthCheckResult(
            context.Registration.FailureStatus,
            $"{errors.Length} configuration objects were refused; their last good versions are in force. First: {errors[0]}",
            data: data));
    }
}
