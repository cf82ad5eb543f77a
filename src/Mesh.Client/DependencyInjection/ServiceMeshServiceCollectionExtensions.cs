using Mesh.Client;
using Mesh.Client.Balancing;
using Mesh.Client.DependencyInjection;
using Mesh.Client.Discovery;
using Mesh.Client.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the mesh.</summary>
public static class ServiceMeshServiceCollectionExtensions
{
    /// <summary>Puts every HttpClient of the container on the mesh, configured by <paramref name="configure"/> alone.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Adds files, sources, rules; null: none.</param>
    /// <returns>A builder for more.</returns>
    public static IServiceMeshBuilder AddServiceMesh(this IServiceCollection services, Action<IServiceMeshBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new ServiceMeshBuilder(services);

        // One marker descriptor makes repeats harmless: they add to the same mesh.
        if (!services.Any(static d => d.ServiceType == typeof(ServiceMeshMarker)))
        {
            services.AddSingleton<ServiceMeshMarker>();
            AddCore(services);
        }

        configure?.Invoke(builder);
        return builder;
    }

    /// <summary>As <see cref="AddServiceMesh(IServiceCollection, Action{IServiceMeshBuilder})"/>, with the sections <c>Mesh</c> and <c>Services</c> of a configuration.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The root of the configuration; watched.</param>
    /// <returns>A builder for more.</returns>
    public static IServiceMeshBuilder AddServiceMesh(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddServiceMesh().AddConfiguration(configuration);
    }

    /// <summary>
    /// A client for one service of the mesh: named and keyed by <paramref name="service"/>, with <c>http://service</c> as its base address.
    /// Take it by <c>IHttpClientFactory.CreateClient("catalog")</c> or <c>[FromKeyedServices("catalog")] HttpClient</c>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="service">Host of the service, for example <c>catalog</c> or <c>catalog.shop</c>.</param>
    public static IHttpClientBuilder AddMeshClient(this IServiceCollection services, string service)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(service);
        return services.AddHttpClient(service, client => client.BaseAddress = new Uri("http://" + service)).AddAsKeyed();
    }

    private static void AddCore(IServiceCollection services)
    {
        services.AddHttpClient();
        services.AddLogging();
        services.AddMetrics();
        services.AddOptionsWithValidateOnStart<MeshOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<MeshOptions>, MeshOptionsValidator>();
        services.AddSingleton<LoadBalancers>();
        services.AddSingleton<MeshRuntimeFactory>();
        services.AddSingleton(static provider => provider.GetRequiredService<MeshRuntimeFactory>().Create());
        services.AddSingleton<ServiceMesh>();
        services.AddSingleton<IServiceMesh>(static provider => provider.GetRequiredService<ServiceMesh>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, MeshHandlerFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MeshHostedService>());
        services.TryAddSingleton<IDnsResolver, SystemDnsResolver>();

        // Under AddOpenTelemetry() in this container the mesh is measured and traced without a further line.
        services.ConfigureOpenTelemetryMeterProvider(static builder => builder.AddMeter(MeshTelemetry.MeterName));
        services.ConfigureOpenTelemetryTracerProvider(static builder => builder.AddSource(MeshTelemetry.ActivitySourceName));
    }
}
