using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mesh.Diagnostics;
using Mesh.Testing;
using Microsoft.AspNetCore.Http;

namespace Mesh.FunctionalTests.Chaos;

/// <summary>Configuration and endpoints change thousands of times under load. MESH_SOAK=1 runs the full number.</summary>
public sealed class SwapTests
{
    private static readonly bool s_isFull = Environment.GetEnvironmentVariable("MESH_SOAK") == "1";

    [Test]
    public async Task Snapshots_are_swapped_under_load_without_a_failed_or_a_mixed_request()
    {
        var swaps = s_isFull ? 10_000 : 1_000;
        var echo = LoopbackBehavior.From(static context =>
        {
            context.Response.Headers["x-seen"] = $"{context.Request.Headers["x-snapshot"]} {context.Request.Headers["x-subset"]}";
            return context.Response.WriteAsync("ok");
        });
        await using var servers = await ServerGroup.StartAsync(3, echo);
        await using var mesh = await FunctionalMesh.StartAsync(Snapshot(0, servers));
        using var client = mesh.Client();
        var failures = new ConcurrentQueue<string>();
        var mixed = new ConcurrentQueue<string>();
        await using var callers = new Callers(64, async _ =>
        {
            try
            {
                using var response = await client.GetAsync(new Uri("http://catalog/"));
                if (!response.IsSuccessStatusCode)
                {
                    failures.Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                    return;
                }

                var seen = response.Headers.GetValues("x-seen").Single().Split(' ');
                var instance = int.Parse(response.Headers.GetValues(LoopbackServer.InstanceHeader).Single(), CultureInfo.InvariantCulture);
                if (seen[0] != seen[1] || int.Parse(seen[0], CultureInfo.InvariantCulture) % 3 != instance)
                {
                    mixed.Enqueue($"route {seen[0]}, destination {seen[1]}, instance {instance}");
                }
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception.ToString());
            }
        });

        await SwapAsync(mesh, servers, 1, 200);
        var memoryBefore = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await SwapAsync(mesh, servers, 201, swaps);
        var elapsed = clock.Elapsed;
        var growth = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;
        await callers.StopAsync();
        GC.Collect();
        var service = mesh.Runtime.Services.Single();

        await TestContext.Out.WriteLineAsync(
            $"{swaps} swaps in {elapsed.TotalSeconds:0.0} s under {callers.Calls} requests: {failures.Count} failed, {mixed.Count} mixed; memory {growth / 1024} KiB, {service.LiveClusters} live clusters, {service.Endpoints.Length} endpoints");
        Assert.That(failures, Is.Empty);
        Assert.That(mixed, Is.Empty);
        Assert.That(growth, Is.LessThan(4 * 1024 * 1024));
        Assert.That(service.LiveClusters, Is.LessThanOrEqualTo(4));
        Assert.That(service.Endpoints, Has.Length.EqualTo(3));
        Assert.That(servers.All.Sum(static s => s.ConnectionCount), Is.LessThan(3 * 64 * 2), "a swap keeps the connections");
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task Endpoint_sets_change_under_load_without_a_failed_request()
    {
        var changes = s_isFull ? 1_000 : 300;
        await using var servers = await ServerGroup.StartAsync(3);
        await using var mesh = await FunctionalMesh.StartAsync(settings: new()
        {
            ["Services:catalog:http:0"] = servers[0].Endpoint,
            ["Services:catalog:http:1"] = servers[1].Endpoint,
        });
        var seen = 0;
        mesh.Mesh.EventOccurred += e => Interlocked.Add(ref seen, e.Kind == MeshEventKind.EndpointsChanged ? 1 : 0);
        using var client = mesh.Client();
        var failures = new ConcurrentQueue<string>();
        await using var callers = new Callers(64, async _ =>
        {
            try
            {
                using var response = await client.GetAsync(new Uri("http://catalog/"));
                if (!response.IsSuccessStatusCode)
                {
                    failures.Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception.ToString());
            }
        });
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref seen) == 1, "the first endpoints are there");
        var clock = Stopwatch.StartNew();
        for (var i = 1; i <= changes; i++)
        {
            mesh.Settings["Services:catalog:http:0"] = servers[i % 3].Endpoint;
            mesh.Settings["Services:catalog:http:1"] = servers[(i + 1) % 3].Endpoint;
            mesh.Settings.Reload();
            await Eventually.BecomesTrueAsync(() => Volatile.Read(ref seen) > i, "the change is in force");
        }

        var elapsed = clock.Elapsed;
        await callers.StopAsync();

        await TestContext.Out.WriteLineAsync($"{changes} changes in {elapsed.TotalSeconds:0.0} s under {callers.Calls} requests: {failures.Count} failed");
        Assert.That(failures, Is.Empty);
        Assert.That(servers.All, Has.All.Matches<LoopbackServer>(static s => s!.RequestCount > 0));
        Assert.That(mesh.Runtime.Services.Single().Endpoints, Has.Length.EqualTo(3));
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    private static async Task SwapAsync(FunctionalMesh mesh, ServerGroup servers, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            var version = mesh.Mesh.ConfigVersion;
            mesh.Config.Update(Snapshot(i, servers));
            var spin = Stopwatch.StartNew();
            while (mesh.Mesh.ConfigVersion == version)
            {
                Assert.That(spin.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "the swap takes place");
                await Task.Yield();
            }
        }
    }

    /// <summary>Snapshot N: its route, its destination and the only endpoint of its subset all carry N.</summary>
    private static string Snapshot(int number, ServerGroup servers) =>
        Yaml.Service("catalog", "HTTP", [.. servers.All.Select((s, i) => (s.Port, $"snapshot: '{(i == number % 3 ? number : "none")}'"))])
        + $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: catalog }
        spec:
          host: catalog
          subsets: [{ name: current, labels: { snapshot: '{{number}}' } }]
        """ + Yaml.End
        + Yaml.Routes("catalog", $$"""
          - headers: { request: { set: { x-snapshot: '{{number}}' } } }
            route:
            - destination: { host: catalog, subset: current }
              headers: { request: { set: { x-subset: '{{number}}' } } }
        """);
}
