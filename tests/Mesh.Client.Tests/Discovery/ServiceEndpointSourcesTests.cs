using Mesh.Client.Discovery;
using Mesh.Discovery;
using Mesh.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Client.Tests.Discovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ServiceEndpointSourcesTests
{
    private readonly ManualClock _clock = new();
    private readonly ScriptedResolver _dns = new();
    private readonly ScriptedSource _registered = new("registered");

    [Test]
    public async Task Each_resolution_has_its_source()
    {
        _dns.Answers("db.example.com", "10.0.0.5");
        _registered.Says("r:1");
        ModelList<MeshEndpoint> written = [new MeshEndpoint { Address = "10.0.0.1", Port = 80 }];
        ModelList<MeshEndpoint> names = [new MeshEndpoint { Address = "db.example.com", Port = 5432 }];

        Assert.That(await FirstAsync(Service(EndpointResolution.Static) with { Endpoints = written }), Is.EqualTo(["10.0.0.1:80"]));
        Assert.That(await FirstAsync(Service(EndpointResolution.Dns) with { Endpoints = names }), Is.EqualTo(["10.0.0.5:5432"]));
        Assert.That(await FirstAsync(Service(EndpointResolution.Discovery)), Is.EqualTo(["r:1"]));
        Assert.That(await FirstAsync(Service(EndpointResolution.PassThrough) with { DiscoveryName = "legacy.example.com:8080" }), Is.EqualTo(["legacy.example.com:8080"]));
    }

    [Test]
    public void The_query_is_the_discovery_name_else_the_first_host_else_the_name()
    {
        var service = Service(EndpointResolution.Discovery);
        Assert.That(ServiceEndpointSources.QueryFor(service).ServiceName, Is.EqualTo("catalog.shop.svc.cluster.local"));
        Assert.That(ServiceEndpointSources.QueryFor(service with { Hosts = ["catalog", "catalog.shop"] }).ServiceName, Is.EqualTo("catalog"));
        Assert.That(ServiceEndpointSources.QueryFor(service with { DiscoveryName = "https+http://_grpc.catalog:9000" }), Is.EqualTo(
            new ServiceQuery("catalog", "grpc", ["https", "http"], 9000) { Original = "https+http://_grpc.catalog:9000" }));
    }

    [Test]
    public void A_subscription_survives_changes_that_do_not_concern_discovery()
    {
        var service = Service(EndpointResolution.Static);
        ModelList<MeshEndpoint> other = [new MeshEndpoint { Address = "10.0.0.2" }];
        Assert.That(ServiceEndpointSources.SameSubscription(service, service with { FallThrough = true }), Is.True);
        Assert.That(ServiceEndpointSources.SameSubscription(service, service with { Endpoints = other }), Is.False);
        Assert.That(ServiceEndpointSources.SameSubscription(service, service with { Resolution = EndpointResolution.Dns }), Is.False);
        Assert.That(ServiceEndpointSources.SameSubscription(service, service with { DiscoveryName = "x" }), Is.False);
    }

    [TestCase("10.0.0.9:7000", "10.0.0.9", 7000, null)]
    [TestCase("[::1]:9000", "::1", 9000, null)]
    [TestCase("::1", "::1", 0, null)]
    [TestCase("[::1]", "::1", 0, null)]
    [TestCase("node", "node", 0, null)]
    [TestCase("https://node", "node", 443, "https")]
    [TestCase("http://[::1]:5", "::1", 5, "http")]
    public void An_endpoint_is_read_with_its_port(string text, string address, int port, string? scheme) =>
        Assert.That(EndpointUpdate.Parse(text), Is.EqualTo(new MeshEndpoint { Address = address, Port = port, Scheme = scheme }));

    [Test]
    public void Back_off_doubles_to_its_limit_and_jitter_takes_up_to_half()
    {
        Assert.That(Backoff.Default.Delay(1, 0), Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(Backoff.Default.Delay(1, ulong.MaxValue).TotalSeconds, Is.EqualTo(1).Within(0.001));
        Assert.That(Backoff.Default.Delay(5, 0), Is.EqualTo(TimeSpan.FromSeconds(8)));
        Assert.That(Backoff.Default.Delay(int.MaxValue, 0), Is.EqualTo(TimeSpan.FromSeconds(15)));
    }

    private static ServiceModel Service(EndpointResolution resolution) => new() { Name = "catalog.shop.svc.cluster.local", Resolution = resolution };

    private async Task<string[]> FirstAsync(ServiceModel service)
    {
        ModelList<MeshEndpoint>? list = null;
        var sources = new ServiceEndpointSources(
            [_registered],
            new DnsContext(_dns, new DnsEndpointOptions(), _clock, static () => 0),
            new DiscoveryContext(_clock, static () => 0, NullLogger.Instance));
        await using var subscription = sources.Subscribe(service, endpoints => list = endpoints);
        subscription.Start();
        Assert.That(subscription.FirstResult.IsCompletedSuccessfully, Is.True);
        return list!.Text();
    }
}
