using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mesh.Client.Discovery;
using Mesh.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace Mesh.Client.Tests.Discovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ServiceDiscoveryEndpointSourceTests
{
    private readonly ManualClock _clock = new();
    private readonly Registry _registry = new();

    [Test]
    public async Task A_registered_provider_feeds_the_mesh_and_its_change_token_is_heeded()
    {
        _registry.Set(ServiceEndpoint.Create(new IPEndPoint(IPAddress.Loopback, 5000)), ServiceEndpoint.Create(new DnsEndPoint("node", 0)), Uri("https://secure:7443"));
        await using var watch = Watch("http://catalog");
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["127.0.0.1:5000", "node", "https://secure:7443"]));
        Assert.That(watch.HasNext(), Is.False);
        Assert.That(_clock.ArmedTimers, Is.Zero, "a token that calls back needs no polling");

        _registry.Set(Uri("https://other:7443"));
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["https://other:7443"]));
        Assert.That(_registry.Queries, Is.EqualTo(["catalog"]));
    }

    [Test]
    public async Task A_provider_of_the_container_is_asked_by_requests()
    {
        _registry.Set(ServiceEndpoint.Create(new IPEndPoint(IPAddress.Parse("10.0.0.5"), 5000)));
        await using var mesh = await TestMesh.StartAsync(TestMesh.DiscoveredService("catalog"), m => m.Services.AddSingleton<IServiceEndpointProviderFactory>(_registry));

        await mesh.GetAsync("http://catalog/");

        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.5:5000"));
    }

    [Test]
    public async Task A_provider_whose_token_cannot_call_back_is_asked_each_minute()
    {
        _registry.Polled = true;
        _registry.Set(Uri("http://a:1"));
        await using var watch = Watch("http://catalog");
        await watch.NextAsync();
        Assert.That(watch.HasNext(), Is.False);
        Assert.That(_clock.UntilNextTimer, Is.EqualTo(TimeSpan.FromSeconds(60)));
        _registry.Set(Uri("http://b:1"));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["http://b:1"]));
    }

    [Test]
    public async Task Endpoint_name_schemes_and_port_reach_the_provider_and_the_port_fills_gaps()
    {
        _registry.Set(ServiceEndpoint.Create(new DnsEndPoint("node", 0)));
        await using var watch = Watch("https+http://_admin.catalog:9000");
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["node:9000"]));
        Assert.That(_registry.Seen!.EndpointName, Is.EqualTo("admin"));
        Assert.That(_registry.Seen.IncludedSchemes, Is.EqualTo(["https", "http"]));
        Assert.That(_registry.Seen.ServiceName, Is.EqualTo("catalog"));
    }

    [Test]
    public async Task A_provider_without_endpoints_does_not_know_the_service()
    {
        await using var watch = Watch("http://catalog");
        Assert.That(await watch.NextAsync(), Is.EqualTo(EndpointUpdate.NotFound));
    }

    [Test]
    public async Task A_provider_that_throws_ends_the_watch_and_is_released()
    {
        _registry.Set(Uri("http://a:1"));
        await using var watch = Watch("http://catalog");
        await watch.NextAsync();
        Assert.That(watch.HasNext(), Is.False);
        _registry.Failure = new IOException("registry is down");
        _registry.Set();
        Assert.That(watch.NextAsync, Throws.InstanceOf<IOException>());
        Assert.That(_registry.LiveProviders, Is.Zero);
    }

    [Test]
    public async Task The_packages_own_configuration_and_pass_through_providers_are_left_out()
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Services:catalog:http:0", "http://a:1")]).Build())
            .AddServiceDiscovery()
            .BuildServiceProvider();
        var factories = services.GetServices<IServiceEndpointProviderFactory>().ToList();
        Assert.That(factories, Has.Count.EqualTo(2));

        await using var watch = new WatchProbe(new ServiceDiscoveryEndpointSource(factories, Options.Create(new ServiceDiscoveryOptions()), _clock), "http://catalog");
        Assert.That(await watch.EndedAsync(), Is.True);
    }

    [Test]
    public async Task Nothing_is_left_behind_after_a_hundred_watches()
    {
        _registry.Set(Uri("http://a:1"));
        for (var i = 0; i < 100; i++)
        {
            await using var watch = Watch("http://catalog");
            await watch.NextAsync();
            Assert.That(watch.HasNext(), Is.False);
            Assert.That(_registry.LiveProviders, Is.EqualTo(1));
        }

        Assert.That((_registry.LiveProviders, _clock.ArmedTimers), Is.EqualTo((0, 0)));
    }

    private static ServiceEndpoint Uri(string text) => ServiceEndpoint.Create(new UriEndPoint(new Uri(text)));

    private WatchProbe Watch(string name) => new(new ServiceDiscoveryEndpointSource([_registry], Options.Create(new ServiceDiscoveryOptions()), _clock), name);

    /// <summary>A registry such as Consul, as its author would write it for Microsoft.Extensions.ServiceDiscovery.</summary>
    private sealed class Registry : IServiceEndpointProviderFactory
    {
        private ServiceEndpoint[] _endpoints = [];
        private CancellationTokenSource _changed = new();

        public int LiveProviders;

        public bool Polled { get; set; }

        public Exception? Failure { get; set; }

        public List<string> Queries { get; } = [];

        public ServiceEndpointQuery? Seen { get; private set; }

        public void Set(params ServiceEndpoint[] endpoints)
        {
            _endpoints = endpoints;
            Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        }

        public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
        {
            Seen = query;
            Queries.Add(query.ServiceName);
            Interlocked.Increment(ref LiveProviders);
            provider = new Provider(this);
            return true;
        }

        private sealed class Provider(Registry registry) : IServiceEndpointProvider
        {
            public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
            {
                if (registry.Failure is { } failure)
                {
                    throw failure;
                }

                endpoints.AddChangeToken(registry.Polled ? new PolledToken() : new CancellationChangeToken(registry._changed.Token));
                foreach (var endpoint in registry._endpoints)
                {
                    endpoints.Endpoints.Add(endpoint);
                }

                return ValueTask.CompletedTask;
            }

            public ValueTask DisposeAsync()
            {
                Interlocked.Decrement(ref registry.LiveProviders);
                return ValueTask.CompletedTask;
            }
        }

        private sealed class PolledToken : IChangeToken
        {
            public bool HasChanged => false;

            public bool ActiveChangeCallbacks => false;

            public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => throw new NotSupportedException();
        }
    }
}
