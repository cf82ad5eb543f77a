using Mesh.Client.Balancing;
using Mesh.Client.Resilience;
using Mesh.Model;

namespace Polly;

/// <summary>The mesh's rules as strategies for pipelines of your own, where the mesh itself is not in use.</summary>
public static class MeshResiliencePipelineBuilderExtensions
{
    /// <summary>
    /// Retries by Envoy's conditions and back-off. With <see cref="RetryPolicy.Default"/> a request is repeated only when it provably was not processed, or when
    /// its connection broke and its method is idempotent.
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="policy">Conditions and number; null: <see cref="RetryPolicy.Default"/>.</param>
    public static ResiliencePipelineBuilder<HttpResponseMessage> AddMeshRetry(this ResiliencePipelineBuilder<HttpResponseMessage> builder, RetryPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var time = builder.TimeProvider ?? TimeProvider.System;
        return builder.AddStrategy(_ => new PipelineRetryStrategy(policy ?? RetryPolicy.Default, time, RandomSource.PerThread));
    }

    /// <summary>
    /// Refuses calls to an authority that keeps failing, by Envoy's outlier detection: <see cref="Mesh.Client.MeshException"/> with flag UH until its ejection is over,
    /// then one call at a time until one succeeds. The ejection percentage has no meaning for a single authority and is not looked at.
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="policy">Thresholds and times; null: Istio's defaults.</param>
    public static ResiliencePipelineBuilder<HttpResponseMessage> AddOutlierGuard(this ResiliencePipelineBuilder<HttpResponseMessage> builder, OutlierDetection? policy = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var time = builder.TimeProvider ?? TimeProvider.System;
        return builder.AddStrategy(_ => new OutlierGuardStrategy(policy ?? new OutlierDetection(), time));
    }
}
