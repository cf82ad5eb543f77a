using System.Net;
using Mesh.Samples.Tests.Running;

namespace Mesh.Samples.Tests;

/// <summary>What the mesh does with the shop's traffic, seen from outside.</summary>
public sealed class ShopTrafficTests
{
    private const int Callers = 8;
    private RunningShop _shop = null!;

    [OneTimeSetUp]
    public async Task Start() => _shop = await RunningShop.StartAsync();

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }

    [Test]
    public async Task A_tenth_of_the_visitors_gets_version_2()
    {
        const int visitors = 600;

        var versions = await InParallelAsync(visitors, async () => (string)(await _shop.RecommendAsync())["version"]!);

        // 60 expected, standard deviation 7.3; the bounds are five of them away.
        Assert.That(versions.Count(v => v == "v2"), Is.InRange(23, 97));
    }

    [Test]
    public async Task Jason_always_gets_version_2_and_others_do_not()
    {
        var jason = await InParallelAsync(60, async () => (string)(await _shop.RecommendAsync("jason"))["version"]!);
        var jane = await InParallelAsync(60, async () => (string)(await _shop.RecommendAsync("jane"))["version"]!);

        Assert.That(jason, Is.All.EqualTo("v2"));
        Assert.That(jane, Does.Contain("v1"));
    }

    [Test]
    public async Task Edited_weights_shift_the_traffic_at_once_and_lose_nothing()
    {
        using var visits = new SteadyVisits(_shop);

        _shop.Edit("product-recommendation.yaml", ("weight: 90", "weight: 0"), ("weight: 10", "weight: 100"));
        await Eventually.IsTrueAsync(async () => await OnlyAsync("v2"), "All traffic on v2");
        _shop.Edit("product-recommendation.yaml", ("weight: 0", "weight: 90"), ("weight: 100", "weight: 10"));
        await Eventually.IsTrueAsync(async () => (string)(await _shop.RecommendAsync())["version"]! == "v1", "Traffic on v1 again");

        Assert.That(await visits.StopAsync(), Is.Empty);
        Assert.That(visits.Count, Is.GreaterThan(20));

        async Task<bool> OnlyAsync(string version) =>
            (await InParallelAsync(30, async () => (string)(await _shop.RecommendAsync())["version"]!)).All(v => v == version);
    }

    [Test]
    public async Task A_mistake_in_a_file_is_reported_with_its_line_and_changes_nothing()
    {
        _shop.Edit("product-recommendation.yaml", ("weight: 90", "wieght: 90"));
        try
        {
            var problem = await Eventually.GetAsync(
                async () => (await _shop.StateAsync())["problems"]!.AsArray().Select(p => (string)p!).FirstOrDefault(p => p.Contains("wieght", StringComparison.Ordinal)), "The problem");

            Assert.That(problem, Does.Match(@"product-recommendation\.yaml:\d+").And.Contain("weight"));
            Assert.That((string)(await _shop.RecommendAsync("jason"))["version"]!, Is.EqualTo("v2"));
        }
        finally
        {
            _shop.Edit("product-recommendation.yaml", ("wieght: 90", "weight: 90"));
        }

        await Eventually.IsTrueAsync(async () => (await _shop.StateAsync())["problems"]!.AsArray().Count == 0, "No more problems");
    }

    [TestCase("KILL")]
    [TestCase("TERM")]
    public async Task A_killed_instance_costs_no_visit_and_comes_back(string signal)
    {
        var pid = (int)(await _shop.InstanceAsync("product-info-2"))["pid"]!;
        using var visits = new SteadyVisits(_shop);

        SampleProcess.Signal(pid, signal);

        await Eventually.IsTrueAsync(async () => !(bool)(await _shop.InstanceAsync("product-info-2"))["running"]!, "The end of product-info-2");
        await Eventually.IsTrueAsync(async () => (bool)(await _shop.InstanceAsync("product-info-2"))["running"]!, "The return of product-info-2");
        var before = await TriesAsync();
        await Eventually.IsTrueAsync(async () => await TriesAsync() > before + 20, "product-info-2 in rotation");
        Assert.That(await visits.StopAsync(), Is.Empty);
        Assert.That(visits.Count, Is.GreaterThan(50));

        async Task<long> TriesAsync() => (await _shop.StateAsync())["services"]!.AsArray().SelectMany(s => s!["instances"]!.AsArray())
            .Where(i => (string)i!["instance"]!["name"]! == "product-info-2").Sum(i => (long)i!["tries"]!["total"]! - (long)i["tries"]!["totalErrors"]!);
    }

    [Test]
    public async Task No_order_is_placed_twice_while_an_instance_dies()
    {
        var pid = (int)(await _shop.InstanceAsync("orders-1"))["pid"]!;
        var before = await PlacedAsync();

        var accepted = 0;
        var number = 0;
        await InParallelAsync(300, async () =>
        {
            if (Interlocked.Increment(ref number) == 100)
            {
                SampleProcess.Signal(pid, "KILL");
            }

            using var form = new FormUrlEncodedContent([new("product", "oolong")]);
            using var response = await _shop.Client.PostAsync("/orders", form);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.BadGateway));
            return response.IsSuccessStatusCode ? Interlocked.Increment(ref accepted) : 0;
        });

        await Eventually.IsTrueAsync(async () => await PlacedAsync() >= before + accepted, "The accepted orders in the books");
        Assert.That((int)(await _shop.StateAsync())["orders"]!["duplicates"]!, Is.Zero);
        Assert.That(accepted, Is.GreaterThan(250), "only orders that were on their way to the instance that died may fail");
        await Eventually.IsTrueAsync(async () => (bool)(await _shop.InstanceAsync("orders-1"))["running"]!, "The return of orders-1");

        async Task<int> PlacedAsync() => (int)(await _shop.StateAsync())["orders"]!["placed"]!;
    }

    [Test]
    public async Task An_unknown_product_is_refused()
    {
        using var form = new FormUrlEncodedContent([new("product", "coffee")]);
        using var response = await _shop.Client.PostAsync("/orders", form);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("sencha"));
    }

    [Test]
    public async Task The_page_and_the_live_table_are_served()
    {
        var page = await _shop.Client.GetStringAsync("/");
        Assert.That(page, Does.Contain("The Mesh shop").And.Contain("product-info-3"));

        using var stream = await _shop.Client.GetStreamAsync("/live");
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadLineAsync(), Does.StartWith("data: {").And.Contain("product-recommendation-v2"));
    }

    private static async Task<List<T>> InParallelAsync<T>(int count, Func<Task<T>> call)
    {
        var left = count;
        var results = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            var mine = new List<T>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                mine.Add(await call());
            }

            return mine;
        }));
        return [.. results.SelectMany(r => r)];
    }
}
