using System.Collections.Concurrent;
using System.Net;
using Mesh.Diagnostics;
using Mesh.Filters;
using Mesh.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.FunctionalTests.Chaos;

/// <summary>Instances die under load; the callers do not notice, or are told.</summary>
public sealed class KillTests
{
    private const int CallerCount = 64;

    /// <summary>Longer than a few ejections in a row, which last 2, 4, 6 … seconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    /// <summary>
    /// Counts, not times: how many callers have chosen the endpoint before its first failure is known depends on the load of the machine, and so does how long a
    /// restart takes. That a dead endpoint costs exactly its threshold when requests come one by one is a test over a manual clock.
    /// </summary>
    [Test]
    public async Task Killing_one_of_three_under_load_fails_no_GET_and_then_costs_one_try_for_each_probe()
    {
        // Head and body in one write: an answer cut in half would be the caller's error, as behind any proxy.
        var whole = LoopbackBehavior.From(static context =>
        {
            context.Response.ContentLength = 2;
            return context.Response.WriteAsync("ok");
        });
        await using var servers = await ServerGroup.StartAsync(3, whole);
        var tries = new TryCounter();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", servers.All)
                + Yaml.Policy("catalog", "outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50, baseEjectionTime: 2s, interval: 1s }"),
            (services, _) => services.AddSingleton<IMeshRequestFilter>(tries));
        var probes = 0;
        mesh.Mesh.EventOccurred += e => Interlocked.Add(ref probes, e.Kind == MeshEventKind.EndpointProbing ? 1 : 0);
        using var client = mesh.Client();
        var failures = new ConcurrentQueue<string>();
        await using var callers = new Callers(CallerCount, async _ =>
        {
            try
            {
                using var response = await client.GetAsync(new Uri("http://catalog/"));
                if (!response.IsSuccessStatusCode)
                {
                    failures.Enqueue($"{(int)response.StatusCode}");
                }
            }
            catch (HttpRequestException exception)
            {
                failures.Enqueue(exception.ToString());
            }
        });
        var victim = servers[1];
        await Eventually.BecomesTrueAsync(() => tries[victim.Endpoint] > 1000, "load has built up");

        var inFlight = mesh.Endpoint(victim).ActiveRequests;
        await victim.KillAsync();
        var atDeath = tries[victim.Endpoint];
        await Eventually.BecomesTrueAsync(() => mesh.Endpoint(victim) is { IsEjected: true, ActiveRequests: 0 }, "the dead endpoint is ejected and left by all");
        var whileDying = tries[victim.Endpoint] - atDeath;
        var left = tries[victim.Endpoint];
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref probes) > 0 && mesh.Endpoint(victim) is { IsEjected: true, ActiveRequests: 0 }, "the first probe has failed", s_patience);
        await Eventually.BecomesTrueAsync(() => tries[victim.Endpoint] - left == Volatile.Read(ref probes), "each probe has cost one try");

        await victim.RestartAsync();
        var whileDead = Volatile.Read(ref probes);
        var before = victim.RequestCount;
        await Eventually.BecomesTrueAsync(() => victim.RequestCount > before + 100 && mesh.Endpoint(victim) is { IsEjected: false, IsProbing: false }, "the endpoint is back in rotation", s_patience);
        var untilBack = Volatile.Read(ref probes) - whileDead;
        await callers.StopAsync();

        await TestContext.Out.WriteLineAsync(
            $"{callers.Calls} calls, {failures.Count} failed; {inFlight} in flight at death, {whileDying} tries until the ejection, {whileDead} probes while dead");
        Assert.That(failures, Is.Empty);
        Assert.That(whileDying, Is.LessThanOrEqualTo(CallerCount + 5), "each caller may be on its way when the first failure becomes known; then it is one at a time");
        Assert.That(untilBack, Is.LessThanOrEqualTo(1), "the first probe after the restart brings the endpoint back");
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task Orders_are_never_duplicated_and_every_failure_is_reported()
    {
        var recorded = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var behavior = LoopbackBehavior.From(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var order = await reader.ReadToEndAsync(context.RequestAborted);
            recorded.AddOrUpdate(order, 1, static (_, n) => n + 1);
            await context.Response.WriteAsync(order);
        });
        await using var servers = await ServerGroup.StartAsync(3, behavior);
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("orders", servers.All) + Yaml.Policy("orders", "outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50, baseEjectionTime: 0.1s, interval: 0.1s }"));
        using var client = mesh.Client();
        var succeeded = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var failed = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await using var callers = new Callers(CallerCount, async call =>
        {
            var order = $"order-{call}";
            try
            {
                using var response = await client.PostAsync(new Uri("http://orders/"), new StringContent(order));
                (response.StatusCode == HttpStatusCode.OK ? succeeded : failed)[order] = true;
            }
            catch (HttpRequestException)
            {
                failed[order] = true;
            }
        });

        for (var kill = 0; kill < 5; kill++)
        {
            var victim = servers[kill % 3];
            var before = victim.RequestCount;
            await Eventually.BecomesTrueAsync(() => victim.RequestCount > before + 200, "the instance has work");
            await victim.KillAsync();
            var calls = callers.Calls;
            await Eventually.BecomesTrueAsync(() => callers.Calls > calls + 500, "the others go on");
            await victim.RestartAsync();
        }

        await callers.StopAsync();

        var duplicates = recorded.Count(static r => r.Value > 1);
        await TestContext.Out.WriteLineAsync(
            $"{callers.Calls} orders, {succeeded.Count} accepted, {failed.Count} failures reported ({failed.Keys.Count(recorded.ContainsKey)} of them recorded), {duplicates} duplicates");
        Assert.That(duplicates, Is.Zero);
        Assert.That(succeeded.Keys.Where(o => !recorded.ContainsKey(o)), Is.Empty, "what was accepted was recorded");
        Assert.That(succeeded.Count + failed.Count, Is.EqualTo(callers.Calls), "every order has one outcome");
        Assert.That(recorded.Keys.Where(o => !succeeded.ContainsKey(o) && !failed.ContainsKey(o)), Is.Empty);
        Assert.That(mesh.ActiveRequests("orders"), Is.Zero);
    }
}
