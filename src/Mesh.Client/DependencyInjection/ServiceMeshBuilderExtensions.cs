using Mesh.Balancing;
using Mesh.Client;
using Mesh.Client.DependencyInjection;
using Mesh.Configuration.Building;
using Mesh.Configuration.Sources;
using Mesh.Discovery;
using Mesh.Filters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds to a mesh: sources of configuration and endpoints, balancers, filters, resilience.</summary>
public static class ServiceMeshBuilderExtensions
{
    /// <summary>Reads documents and options from the section <c>Mesh</c> and endpoints from the section <c>Services</c>, and follows their changes.</summary>
    /// <param name="builder">The mesh.</param>
    /// <param name="configuration">The root of the configuration.</param>
    public static IServiceMeshBuilder AddConfiguration(this IServiceMeshBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        if (builder.Services.Any(d => d.ServiceType == typeof(MeshConfigurationRoot) && ReferenceEquals((d.ImplementationInstance as MeshConfigurationRoot)?.Configuration, configuration)))
        {
            return builder;
        }

        builder.Services.AddSingleton(new MeshConfigurationRoot(configuration));
        builder.Services.AddSingleton<IConfigureOptions<MeshOptions>>(new MeshOptionsReader(configuration.GetSection("Mesh")));
        return builder;
    }

    /// <summary>Reads a file or a folder of YAML and JSON documents, and follows its changes.</summary>
    /// <param name="builder">The mesh.</param>
    /// <param name="path">Path, relative to the content root.</param>
    public static IServiceMeshBuilder AddFile(this IServiceMeshBuilder builder, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.Configure(options => options.ConfigPaths.Add(path));
    }

    /// <summary>
    /// Configures a service in C#: endpoints, subsets, routes, policies. It makes the same documents as YAML does, under the same checks; a document of the
    /// same name in a file or in IConfiguration wins over it.
    /// </summary>
    /// <param name="builder">The mesh.</param>
    /// <param name="name">Name or host of the service: <c>catalog</c>, <c>api.example.com</c>.</param>
    /// <param name="configure">Says what is special about it.</param>
    public static IServiceMeshBuilder ForService(this IServiceMeshBuilder builder, string name, Action<ServiceBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddSingleton(new UserService(name, configure));
        return builder;
    }

    /// <summary>Reads configuration from a source of your own.</summary>
    /// <param name="builder">The mesh.</param>
    /// <param name="source">The source.</param>
    public static IServiceMeshBuilder AddConfigSource(this IServiceMeshBuilder builder, IMeshConfigSource source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        builder.Services.AddSingleton(source);
        return builder;
    }

    /// <summary>Finds endpoints with a source of your own; it is asked before the built-in ones.</summary>
    /// <typeparam name="TSource">The source.</typeparam>
    /// <param name="builder">The mesh.</param>
    public static IServiceMeshBuilder AddEndpointSource<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>(this IServiceMeshBuilder builder)
        where TSource : class, IEndpointSource
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IEndpointSource, TSource>());
        return builder;
    }

    /// <summary>Finds endpoints with a source of your own; it is asked before the built-in ones.</summary>
    /// <param name="builder">The mesh.</param>
    /// <param name="source">The source.</param>
    public static IServiceMeshBuilder AddEndpointSource(this IServiceMeshBuilder builder, IEndpointSource source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        builder.Services.AddSingleton(source);
        return builder;
    }

    /// <summary>Registers a balancing algorithm under its name; <c>loadBalancer.custom</c> of a DestinationRule may then name it.</summary>
    /// <typeparam name="TBalancer">The algorithm.</typeparam>
    /// <param name="builder">The mesh.</param>
    public static IServiceMeshBuilder AddLoadBalancer<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TBalancer>(this IServiceMeshBuilder builder)
        where TBalancer : class, ILoadBalancer
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoadBalancer, TBalancer>());
        return builder;
    }

    /// <summary>Runs a filter on every try, in registration order.</summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <param name="builder">The mesh.</param>
    public static IServiceMeshBuilder AddRequestFilter<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>(this IServiceMeshBuilder builder)
        where TFilter : class, IMeshRequestFilter
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IMeshRequestFilter, TFilter>());
        return builder;
    }

    /// <summary>Changes the options of the mesh.</summary>
    /// <param name="builder">The mesh.</param>
    /// <param name="configure">The change.</param>
    public static IServiceMeshBuilder Configure(this IServiceMeshBuilder builder, Action<MeshOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>
    /// Puts Polly strategies around every request to a service: outside the mesh's own tries, so a rate limiter or a circuit breaker added here sees one
    /// execution for each request of the application.
    /// </summary>
    /// <param name="builder">The mesh.</param>
    /// <param name="host">One of the hosts of the service.</param>
    /// <param name="configure">Adds strategies, outermost first.</param>
    public static IServiceMeshBuilder UseResilience(this IServiceMeshBuilder builder, string host, Action<ResiliencePipelineBuilder<HttpResponseMessage>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddSingleton(new UserResilience(host, configure));
        return builder;
    }
}
