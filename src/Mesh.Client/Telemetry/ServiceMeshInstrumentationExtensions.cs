using Mesh.Client.Telemetry;

namespace OpenTelemetry.Metrics
{
    /// <summary>Adds the mesh's metrics to a provider.</summary>
    public static class ServiceMeshMeterProviderBuilderExtensions
    {
        /// <summary>Collects the meter <c>Mesh.Client</c>. Under <c>AddOpenTelemetry()</c> in the same container this happens by itself.</summary>
        /// <param name="builder">The builder.</param>
        /// <returns>The same builder.</returns>
        public static MeterProviderBuilder AddServiceMeshInstrumentation(this MeterProviderBuilder builder)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.AddMeter(MeshTelemetry.MeterName);
        }
    }
}

namespace OpenTelemetry.Trace
{
    /// <summary>Adds the mesh's spans to a provider.</summary>
    public static class ServiceMeshTracerProviderBuilderExtensions
    {
        /// <summary>Collects the activity source <c>Mesh.Client</c>. Under <c>AddOpenTelemetry()</c> in the same container this happens by itself.</summary>
        /// <param name="builder">The builder.</param>
        /// <returns>The same builder.</returns>
        public static TracerProviderBuilder AddServiceMeshInstrumentation(this TracerProviderBuilder builder)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.AddSource(MeshTelemetry.ActivitySourceName);
        }
    }
}
