using Mesh.Samples.Tests.Running;
using Mesh.Tests.Shared;

namespace Mesh.Samples.Tests;

/// <summary>Istio's own YAML, from where the user has it.</summary>
public sealed class BookinfoCorpusTests
{
    private static readonly string s_bookinfo = Path.Combine(
        Environment.GetEnvironmentVariable("MESH_CORPORA") ?? Repository.PathOf("..", "shared", "corpora"), "istio", "samples", "bookinfo");

    private static readonly string s_istio = Path.Combine(s_bookinfo, "networking");
    private static readonly string s_gatewayApi = Path.Combine(s_bookinfo, "gateway-api");

    [SetUp]
    public void Find()
    {
        if (!Directory.Exists(s_bookinfo))
        {
            RealComponent.Missing("Istio's samples are not beside this repository.");
        }
    }

    [Test]
    public async Task Files_of_a_path_the_user_gives_act_as_they_are()
    {
        await using var bookinfo = await RunningBookinfo.StartAsync(
            "--mesh", Path.Combine(s_istio, "destination-rule-all.yaml"), "--mesh", Path.Combine(s_istio, "virtual-service-all-v1.yaml"));
        Assert.That(await bookinfo.VersionAsync("jason"), Is.EqualTo("reviews-v1"));

        bookinfo.Write("1.yaml", File.ReadAllText(Path.Combine(s_istio, "virtual-service-reviews-test-v2.yaml")));
        await Eventually.IsTrueAsync(async () => await bookinfo.VersionAsync("jason") == "reviews-v2", "jason on version 2");
        Assert.That(await bookinfo.VersionAsync(), Is.EqualTo("reviews-v1"));

        bookinfo.Write("2.yaml", File.ReadAllText(Path.Combine(s_istio, "virtual-service-ratings-test-abort.yaml")));
        await Eventually.IsTrueAsync(
            async () => (string?)(await bookinfo.ReviewsAsync("jason")).Body["reviews"]?[0]?["rating"]?["error"] == "Ratings service is currently unavailable", "The abort");

        bookinfo.Write("3.yaml", File.ReadAllText(Path.Combine(s_istio, "virtual-service-reviews-v3.yaml")));
        await Eventually.IsTrueAsync(async () => await bookinfo.VersionAsync() == "reviews-v3", "Everybody on version 3");

        bookinfo.Write("4.yaml", File.ReadAllText(Path.Combine(s_istio, "fault-injection-details-v1.yaml")));
        await Eventually.IsTrueAsync(async () => (await bookinfo.Client.GetStringAsync("/productpage")).Contains("Error fetching product details!", StringComparison.Ordinal), "Details that fail");
    }

    [Test]
    public async Task So_do_those_of_the_Gateway_API()
    {
        await using var bookinfo = await RunningBookinfo.StartAsync("--mesh", Path.Combine(s_gatewayApi, "route-all-v1.yaml"));
        for (var i = 0; i < 12; i++)
        {
            Assert.That(await bookinfo.VersionAsync(), Is.EqualTo("reviews-v1"));
        }

        bookinfo.Write("1.yaml", File.ReadAllText(Path.Combine(s_gatewayApi, "route-reviews-50-v3.yaml")));
        var seen = new HashSet<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                seen.Add(await bookinfo.VersionAsync());
                return seen.Count > 1;
            },
            "Both versions");
        Assert.That(seen, Is.EquivalentTo(new[] { "reviews-v1", "reviews-v3" }));

        bookinfo.Write("2.yaml", File.ReadAllText(Path.Combine(s_gatewayApi, "route-reviews-v3.yaml")));
        var row = 0;
        await Eventually.IsTrueAsync(async () => (row = await bookinfo.VersionAsync() == "reviews-v3" ? row + 1 : 0) >= 12, "Everybody on version 3");
    }
}
