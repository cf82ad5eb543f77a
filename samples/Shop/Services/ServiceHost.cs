using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Shop.Traffic;

namespace Shop.Services;

/// <summary>What all services of the shop have in common.</summary>
internal static class ServiceHost
{
    /// <summary>A web application that listens where the supervisor said and stops when the supervisor does.</summary>
    public static WebApplicationBuilder CreateBuilder(ShopOptions options)
    {
        var builder = InstanceHost.CreateBuilder(options.Port, options.Verbose);
        builder.Services.AddSingleton(options);
        AddTelemetry(builder, options);
        return builder;
    }

    /// <summary>
    /// Puts the application on the mesh. The first line does it; the rest is for the shop's live table, which shows
    /// what the mesh measures and knows anyway.
    /// </summary>
    public static void JoinMesh(this WebApplicationBuilder builder, ShopOptions options)
    {
        builder.AddServiceMesh(mesh => mesh.AddFile(options.MeshFolder).AddFile(RunFolder.EndpointsOf(options.RunFolder)));

        // Three processes read the same files; one of them is enough to say what is wrong with them.
        builder.Logging.AddFilter("Mesh.Configuration", options.Role == "storefront" ? LogLevel.Warning : LogLevel.None);
        builder.Services.AddSingleton<CallRecorder>();
        builder.Services.AddSingleton<CallerReports>();
    }

    /// <summary>Lets the storefront read this service's view of its calls.</summary>
    public static void MapCallerReport(this WebApplication app)
    {
        app.Services.GetRequiredService<CallRecorder>();
        app.MapGet("/mesh/stats", (CallerReports reports) => reports.Make());
    }

    // The mesh's meter and its spans join in by themselves; the shop only says where all of it goes.
    private static void AddTelemetry(WebApplicationBuilder builder, ShopOptions options)
    {
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService(options.Role!, serviceInstanceId: options.Instance, serviceVersion: options.Version))
                .WithMetrics(metrics => metrics.AddOtlpExporter())
                .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore").AddOtlpExporter());
        }
    }
}
