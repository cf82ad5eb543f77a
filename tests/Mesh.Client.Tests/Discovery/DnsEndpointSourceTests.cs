using Mesh.Client.Discovery;
using Mesh.Discovery;
using Mesh.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Client.Tests.Discovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DnsEndpointSourceTests
{
    private readonly ManualClock _clock = new();
    private readonly ScriptedResolver _dns = new();
    private readonly DnsEndpointOptions _options = new();

    [Test]
    public async Task Every_address_is_an_endpoint_with_the_port_of_the_name_and_its_host_name()
    {
        _dns.Answers("catalog", "10.0.0.2", "10.0.0.1", "10.0.0.2");
        await using var watch = Watch("http://catalog:8080");
        Assert.That((await watch.NextAsync()).Endpoints, Is.EqualTo(new[]
        {
            new MeshEndpoint { Address = "10.0.0.1", Port = 8080, HostName = "catalog", InstanceName = "catalog" },
            new MeshEndpoint { Address = "10.0.0.2", Port = 8080, HostName = "catalog", InstanceName = "catalog" },
        }));
    }

    [Test]
    public async Task A_name_is_looked_up_again_each_period_and_only_a_change_is_told()
    {
        _dns.Answers("catalog", "10.0.0.1", "10.0.0.2");
        await using var watch = Watch("catalog");
        await watch.NextAsync();
        Assert.That(watch.HasNext(), Is.False);
        Assert.That(_clock.UntilNextTimer, Is.EqualTo(TimeSpan.FromSeconds(60)));

        _dns.Answers("catalog", "10.0.0.2", "10.0.0.1");
        _clock.Advance(TimeSpan.FromSeconds(60));
        await _clock.WaitForTimersAsync(1);
        Assert.That(_dns.Lookups, Has.Count.EqualTo(2));
        Assert.That(watch.HasNext(), Is.False, "a rotated answer is the same answer");

        _dns.Answers("catalog", "10.0.0.3");
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["10.0.0.3"]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_lookup_that_fails_or_finds_nothing_keeps_the_last_list_and_backs_off(bool fails)
    {
        _dns.Answers("catalog", "10.0.0.1");
        await using var watch = Watch("catalog");
        await watch.NextAsync();
        Assert.That(watch.HasNext(), Is.False);
        if (fails)
        {
            _dns.Fails("catalog", "server failure");
        }
        else
        {
            _dns.Answers("catalog");
        }

        _clock.Advance(TimeSpan.FromSeconds(60));
        var update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo(["10.0.0.1"]));
        Assert.That(update.Problem, Does.Contain("'catalog'").And.Contain("last addresses stay in use"));

        List<double> delays = [];
        for (var i = 0; i < 7; i++)
        {
            Assert.That(watch.HasNext(), Is.False);
            await _clock.WaitForTimersAsync(1);
            delays.Add(_clock.UntilNextTimer!.Value.TotalSeconds);
            _clock.Advance(_clock.UntilNextTimer!.Value);
        }

        Assert.That(delays, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 30, 30 }).Within(0.001));

        await _clock.WaitForTimersAsync(1);
        _dns.Answers("catalog", "10.0.0.1");
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await watch.NextAsync(), Is.EqualTo(update with { Problem = null }));
        Assert.That(watch.HasNext(), Is.False);
        Assert.That(_clock.UntilNextTimer, Is.EqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task A_name_that_never_resolved_is_not_known_and_is_found_when_it_appears()
    {
        _dns.Answers("catalog");
        await using var watch = Watch("catalog");
        Assert.That(await watch.NextAsync(), Is.EqualTo(EndpointUpdate.NotFound));
        Assert.That(watch.HasNext(), Is.False);

        _dns.Answers("catalog", "10.0.0.1");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["10.0.0.1"]));
    }

    [Test]
    public async Task A_first_lookup_that_fails_is_a_failure_and_not_an_answer()
    {
        _dns.Fails("catalog", "server failure");
        await using var watch = Watch("catalog");
        Assert.That(watch.NextAsync, Throws.InstanceOf<IOException>().With.Message.Contains("server failure"));
    }

    [Test]
    public async Task A_lookup_that_hangs_fails_after_its_time_out()
    {
        _dns.Answers("catalog", "10.0.0.1");
        await using var watch = Watch("catalog");
        await watch.NextAsync();
        Assert.That(watch.HasNext(), Is.False);
        _dns.Hangs("catalog");

        _clock.Advance(TimeSpan.FromSeconds(60));
        await _clock.WaitForTimersAsync(1);
        Assert.That(_clock.UntilNextTimer, Is.EqualTo(_options.LookupTimeout));
        _clock.Advance(_options.LookupTimeout);
        Assert.That((await watch.NextAsync()).Problem, Does.Contain("longer than 5 s"));
    }

    [TestCase("10.0.0.9", "10.0.0.9")]
    [TestCase("10.0.0.9:7000", "10.0.0.9:7000")]
    [TestCase("http://[::1]:80", "::1:80")]
    public async Task An_address_is_not_looked_up(string name, string expected)
    {
        await using var watch = Watch(name);
        Assert.That(watch.HasNext(), Is.True);
        var update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo([expected]));
        Assert.That(update.Endpoints[0].HostName, Is.Null);
        Assert.That(await watch.EndedAsync(), Is.True);
        Assert.That(_dns.Lookups, Is.Empty);
    }

    [TestCase(DnsLookupFamily.V4Preferred, "10.0.0.1")]
    [TestCase(DnsLookupFamily.V6Preferred, "fd00::1")]
    [TestCase(DnsLookupFamily.V4Only, "10.0.0.1")]
    [TestCase(DnsLookupFamily.V6Only, "fd00::1")]
    [TestCase(DnsLookupFamily.All, "10.0.0.1", "fd00::1")]
    public async Task The_lookup_family_chooses_addresses(DnsLookupFamily family, params string[] expected)
    {
        _options.LookupFamily = family;
        _dns.Answers("catalog", "fd00::1", "10.0.0.1");
        await using var watch = Watch("catalog");
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_declared_service_takes_what_is_written_for_each_name_and_asks_each_on_its_own_schedule()
    {
        var version2 = ModelMap.Of(("version", "v2"));
        _dns.Answers("one", "10.0.0.1", "10.0.0.2");
        _dns.Fails("two", "server failure");
        await using var watch = Resolve(
            "catalog",
            new MeshEndpoint { Address = "one", Port = 80, Weight = 3 },
            new MeshEndpoint { Address = "two", Port = 81, Labels = version2, InstanceName = "second" },
            new MeshEndpoint { Address = "10.0.0.9", Port = 82 });

        var update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo(["10.0.0.1:80", "10.0.0.2:80", "10.0.0.9:82"]));
        Assert.That(update.Endpoints[1], Is.EqualTo(new MeshEndpoint { Address = "10.0.0.2", Port = 80, Weight = 3, HostName = "one", InstanceName = "one" }));
        Assert.That(update.Problem, Does.Contain("'two'"));

        Assert.That(watch.HasNext(), Is.False);
        _dns.Answers("two", "10.0.1.1");
        _clock.Advance(TimeSpan.FromSeconds(1));
        update = await watch.NextAsync();
        Assert.That(update.Problem, Is.Null);
        Assert.That(update.Endpoints[2], Is.EqualTo(new MeshEndpoint { Address = "10.0.1.1", Port = 81, Labels = version2, HostName = "two", InstanceName = "second" }));
        Assert.That(_dns.Lookups, Is.EqualTo(["one", "two", "two"]));
    }

    [Test]
    public async Task A_declared_service_exists_even_while_its_name_does_not_resolve()
    {
        _dns.Answers("catalog.shop");
        await using var watch = Resolve("catalog.shop:80");
        var update = await watch.NextAsync();
        Assert.That(update, Is.EqualTo(new EndpointUpdate([]) { Problem = update.Problem }));
        Assert.That(update.Problem, Does.Contain("catalog.shop"));
    }

    [Test]
    public async Task The_system_resolver_knows_localhost_and_heeds_cancellation()
    {
        var resolver = new SystemDnsResolver();
        Assert.That(await resolver.ResolveAsync("localhost", CancellationToken.None), Is.Not.Empty);
        Assert.That(async () => await resolver.ResolveAsync("localhost", new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private DnsContext Context => new(_dns, _options, _clock, static () => ulong.MaxValue);

    private WatchProbe Watch(string name) => new(new DnsEndpointSource(Context, NullLogger<DnsEndpointSource>.Instance), name);

    private WatchProbe Resolve(string name, params MeshEndpoint[] written) => new(new DnsEndpointResolver(written.ToModelList(), Context, NullLogger.Instance), name);
}
