using Mesh.Client.Balancing;
using Mesh.Discovery;
using Mesh.Model;
using Mesh.Testing;

namespace Mesh.Client.Tests.Balancing;

/// <summary>Which place a request goes to: shares, failover by place and by labels, priorities, retries that may leave their place.</summary>
[TestFixture]
public class LocalityTests
{
    private const string Home = "r1/z1/s1";

    private static string Services(params string[] localities) => $"""
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {"{"} name: shop {"}"}
        spec:
          hosts: [shop.local]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{"{"} number: 80, name: http, protocol: HTTP {"}"}]
          endpoints:
        {string.Join('\n', localities.Select(static (locality, i) => $"  - {{ address: 10.0.0.{i + 1}, locality: {locality}, labels: {{ rack: r{i + 1} }} }}"))}
        ---

        """;

    private static string Rule(string policy) => $"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {"{"} name: shop {"}"}
        spec:
          host: shop.local
          trafficPolicy: {"{"} {policy} {"}"}
        ---

        """;

    private const string Outlier = "outlierDetection: { consecutive5xxErrors: 1, maxEjectionPercent: 100, baseEjectionTime: 1h }";

    private static Task<TestMesh> StartAsync(string yaml, string retries = "") => TestMesh.StartAsync(
        yaml + (retries.Length == 0 ? "" : $"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {"{"} name: shop {"}"}
            spec:
              hosts: [shop.local]
              http:
              - route: [{"{"} destination: {"{"} host: shop.local {"}"} {"}"}]
                retries: {"{"} {retries} {"}"}
            """),
        options: static options => options.Locality = Home);

    private static async Task<Dictionary<string, int>> CountAsync(TestMesh mesh, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            using var response = await mesh.GetAsync("http://shop.local/");
        }

        return mesh.Network.Requests.GroupBy(static r => r.Endpoint).ToDictionary(static g => g.Key, static g => g.Count());
    }

    [Test]
    public async Task The_nearest_place_takes_everything_as_long_as_it_is_well()
    {
        await using var mesh = await StartAsync(Services("r2/z1/s1", Home, "r1/z2/s1") + Rule(Outlier));

        Assert.That(await CountAsync(mesh, 20), Is.EqualTo(new Dictionary<string, int> { ["10.0.0.2:80"] = 20 }));
    }

    [Test]
    public async Task Without_outlier_detection_places_do_not_matter()
    {
        await using var mesh = await StartAsync(Services("r2/z1/s1", Home));

        Assert.That(await CountAsync(mesh, 40), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_failed_place_hands_over_to_the_next_nearest()
    {
        await using var mesh = await StartAsync(Services("r2/z1/s1", Home, "r1/z2/s1") + Rule(Outlier), "attempts: 0");
        mesh.Network.Script("10.0.0.2:80", ScriptedAnswer.Status(500));
        using var failed = await mesh.GetAsync("http://shop.local/");

        for (var i = 0; i < 10; i++)
        {
            using var response = await mesh.GetAsync("http://shop.local/");
            Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.3:80"));
        }
    }

    [Test]
    public async Task A_region_fails_over_to_the_region_that_is_named()
    {
        var failover = Outlier + ", loadBalancer: { localityLbSetting: { failover: [{ from: r1, to: r3 }] } }";
        await using var mesh = await StartAsync(Services("r2/z1/s1", "r3/z1/s1") + Rule(failover));

        Assert.That(await CountAsync(mesh, 10), Is.EqualTo(new Dictionary<string, int> { ["10.0.0.2:80"] = 10 }));
    }

    [Test]
    public async Task Shares_are_kept_and_places_that_are_not_named_get_nothing()
    {
        var distribute = "loadBalancer: { localityLbSetting: { distribute: [{ from: r1/*, to: { 'r1/z1/*': 75, 'r2/*': 25 } }] } }";
        await using var mesh = await StartAsync(Services(Home, "r2/z1/s1", "r3/z1/s1") + Rule(distribute));

        Assert.That(await CountAsync(mesh, 100), Is.EqualTo(new Dictionary<string, int> { ["10.0.0.1:80"] = 75, ["10.0.0.2:80"] = 25 }));
    }

    [Test]
    public async Task Shares_of_other_callers_do_not_bind_this_one()
    {
        var distribute = "loadBalancer: { localityLbSetting: { distribute: [{ from: r9/*, to: { 'r1/*': 100 } }] } }";
        await using var mesh = await StartAsync(Services(Home, "r2/z1/s1") + Rule(distribute));

        Assert.That(await CountAsync(mesh, 40), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Switched_off_places_do_not_matter()
    {
        await using var mesh = await StartAsync(Services("r2/z1/s1", Home) + Rule(Outlier + ", loadBalancer: { localityLbSetting: { enabled: false } }"));

        Assert.That(await CountAsync(mesh, 40), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Retries_may_leave_their_place_after_two_tries([Values] bool remote)
    {
        await using var mesh = await StartAsync(
            Services(Home, Home, Home, "r2/z1/s1") + Rule("outlierDetection: { consecutive5xxErrors: 100 }"),
            $"attempts: 2, retryOn: 5xx, retryRemoteLocalities: {(remote ? "true" : "false")}");
        foreach (var address in new[] { "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80" })
        {
            mesh.Network.Script(address, ScriptedAnswer.Status(500));
        }

        using var response = await mesh.GetAsync("http://shop.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(remote ? 200 : 500));
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(3));
    }

    [TestCase("r1/z1/s1", 0)]
    [TestCase("r1/z1/s2", 1)]
    [TestCase("r1/z2/s1", 2)]
    [TestCase("r2/z1/s1", 3)]
    public void Distance_is_counted_in_places(string to, int distance) =>
        Assert.That(LocalityMatch.Distance(Locality.Parse(Home), Locality.Parse(to)), Is.EqualTo(distance));

    [Test]
    public void Labels_rank_in_their_order_until_one_differs()
    {
        var workload = new Workload { Labels = ModelMap.Of(("network", "n1"), ("rack", "a")) };
        var policy = new LocalityPolicy { FailoverPriority = ["network", "rack"] };
        MeshEndpoint[] endpoints =
        [
            Endpoint(("network", "n1"), ("rack", "a")),
            Endpoint(("network", "n1"), ("rack", "b")),
            Endpoint(("network", "n2"), ("rack", "a")),
        ];

        Assert.That(LocalityPriority.Assign(endpoints, policy, workload), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void A_label_with_a_value_does_not_ask_the_caller()
    {
        var policy = new LocalityPolicy { FailoverPriority = ["tier=gold"] };

        Assert.That(LocalityPriority.Assign([Endpoint(("tier", "silver")), Endpoint(("tier", "gold"))], policy, Workload.Default), Is.EqualTo(new[] { 1, 0 }));
    }

    [Test]
    public void A_priority_below_full_health_spills_what_it_cannot_take()
    {
        // ENVOY §2: 50 of 100 healthy is 70 points.
        Assert.That(PriorityLoad.Compute([new(100, 50, 0), new(100, 100, 0)], 0).Select(static s => s.Healthy), Is.EqualTo(new[] { 70, 30 }));
    }

    private static MeshEndpoint Endpoint(params (string, string)[] labels) => new() { Address = "10.0.0.1", Labels = ModelMap.Of(labels) };
}
