using System.Diagnostics.Metrics;
using Mesh.Client.Balancing;
using Mesh.Client.Discovery;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Configuration.Building;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Sources;
using Mesh.Discovery;
using Mesh.Filters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery;

namespace Mesh.Client.DependencyInjection;

/// <summary>Puts a runtime together from what is registered: the one place that knows all parts.</summary>
internal sealed class MeshRuntimeFactory(IServiceProvider provider, IOptions<MeshOptions> options, TimeProvider time, ILoggerFactory loggers)
{
    public MeshRuntime Create()
    {
        var settings = options.Value;
        var meshConfig = settings.MeshConfigPath is { Length: > 0 } path ? MeshConfigFile.Load(Path.Combine(settings.ContentRoot ?? Environment.CurrentDirectory, path)) : null;
        if (settings.DnsRefreshRate == MeshOptions.DefaultDnsRefreshRate && meshConfig?.Config.DnsRefreshRate is { } rate && rate > TimeSpan.Zero)
        {
            settings.DnsRefreshRate = rate;
        }

        var random = provider.GetService<RandomSource>() ?? RandomSource.PerThread;
        MeshRuntime? runtime = null;
        var pipelines = new RoutePipelineFactory(time, random.Next, new PollyEvents((strategy, name) => runtime?.Meter.RecordResilienceEvent(strategy, name)));
        foreach (var user in provider.GetServices<UserResilience>())
        {
            pipelines.Use(user.Host, user.Configure);
        }

        var endpoints = CreateEndpointSources(settings, random);
        runtime = new MeshRuntime(new MeshRuntimeParts
        {
            Hub = CreateHub(settings, meshConfig),
            OpenFeed = service => new SubscriptionFeed(onEndpoints => endpoints.Subscribe(service, onEndpoints)),
            Options = settings,
            LoadBalancers = provider.GetRequiredService<LoadBalancers>(),
            CreatePipeline = pipelines.Create,
            Logger = loggers.CreateLogger("Mesh.Client"),
            Filters = provider.GetServices<IMeshRequestFilter>(),
            Time = time,
            Random = random,
            MeterFactory = provider.GetService<IMeterFactory>(),
        });
        return runtime;
    }

    private MeshConfigHub CreateHub(MeshOptions settings, MeshConfigFile? meshConfig)
    {
        var sources = new List<IMeshConfigSource>(provider.GetServices<IMeshConfigSource>());
        foreach (var path in settings.ConfigPaths)
        {
            sources.Add(new FileConfigSource(Path.Combine(settings.ContentRoot ?? Environment.CurrentDirectory, path), new FileConfigSourceOptions { TimeProvider = time }));
        }

        foreach (var root in provider.GetServices<MeshConfigurationRoot>())
        {
            sources.Add(new ConfigurationSectionSource(root.Configuration));
            sources.Add(new DiscoveredServicesSource(root.Configuration, settings.ServicesSection));
        }

        var code = provider.GetServices<UserService>().ToArray();
        if (code.Length > 0)
        {
            var documents = new MeshConfigBuilder(settings.Namespace, settings.DomainSuffix);
            foreach (var service in code)
            {
                documents.ForService(service.Name, service.Configure);
            }

            sources.Add(new InMemoryConfigSource(documents.Build(), "code"));
        }

        return new MeshConfigHub(
            sources,
            new MeshConfigHubOptions
            {
                Workload = settings.ToWorkload(),
                OutboundTrafficPolicy = settings.OutboundTrafficPolicy,
                MeshConfig = meshConfig?.Config ?? MeshConfigSpec.Default,
                MeshConfigProblems = meshConfig?.Problems ?? [],
                InitialLoadTimeout = settings.InitialLoadTimeout,
                TimeProvider = time,
            },
            loggers.CreateLogger<MeshConfigHub>());
    }

    private DnsEndpointOptions DnsOptions(MeshOptions settings)
    {
        var options = provider.GetService<IOptions<DnsEndpointOptions>>()?.Value ?? new DnsEndpointOptions();
        options.RefreshPeriod = settings.DnsRefreshRate;
        return options;
    }

    /// <summary>The user's own sources first, then configuration, then providers of Microsoft.Extensions.ServiceDiscovery, then DNS, then the name itself.</summary>
    private ServiceEndpointSources CreateEndpointSources(MeshOptions settings, RandomSource random)
    {
        var sources = new List<IEndpointSource>(provider.GetServices<IEndpointSource>());
        var reading = provider.GetService<IOptions<ConfigurationEndpointOptions>>()?.Value ?? new ConfigurationEndpointOptions();
        reading.SectionName = settings.ServicesSection;
        var configuration = Options.Create(reading);
        foreach (var root in provider.GetServices<MeshConfigurationRoot>())
        {
            sources.Add(new ConfigurationEndpointSource(root.Configuration, configuration, loggers.CreateLogger<ConfigurationEndpointSource>()));
        }

        var factories = provider.GetServices<IServiceEndpointProviderFactory>().ToArray();
        if (factories.Length > 0)
        {
            sources.Add(new ServiceDiscoveryEndpointSource(factories, provider.GetService<IOptions<ServiceDiscoveryOptions>>() ?? Options.Create(new ServiceDiscoveryOptions()), time));
        }

        var dns = new DnsContext(provider.GetRequiredService<IDnsResolver>(), DnsOptions(settings), time, random.Next);
        sources.Add(new DnsEndpointSource(dns, loggers.CreateLogger<DnsEndpointSource>()));
        sources.Add(new PassThroughEndpointSource());
        return new ServiceEndpointSources(sources, dns, new DiscoveryContext(time, random.Next, loggers.CreateLogger("Mesh.Client.Discovery")));
    }
}
