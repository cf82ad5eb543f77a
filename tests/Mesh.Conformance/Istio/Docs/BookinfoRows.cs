using System.Net;
using Mesh.Testing;
using Microsoft.AspNetCore.Http;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>Request routing, fault injection, traffic shifting, request timeouts.</summary>
internal static class BookinfoRows
{
    private const string Reviews = "http://reviews:9080/reviews/0";
    private const string Ratings = "http://ratings:9080/ratings/0";

    public static Dictionary<string, Func<DocRow, Task>> All { get; } = new()
    {
        ["DOC-002"] = static row => OnlyAsync(row, "ratings-v1", Ratings),
        ["DOC-003"] = static row => OnlyAsync(row, "reviews-v2", Reviews, "jason"),
        ["DOC-005"] = static row => OnlyAsync(row, "reviews-v1", Reviews, "Jason"),
        ["DOC-006"] = static row => OnlyAsync(row, "reviews-v2", Reviews, "jason"),
        ["DOC-007"] = AnyOtherCallerAsync,
        ["DOC-008"] = DelayAsync,
        ["DOC-010"] = DelayAgainstTheCallersOwnTimeoutAsync,
        ["DOC-012"] = static row => OnlyAsync(row, "ratings-v1", Ratings),
        ["DOC-015"] = static row => OnlyAsync(row, "reviews-v3", Reviews, count: 100),
        ["DOC-017"] = EightyTwentyAsync,
        ["DOC-018"] = DelayBehindReviewsAsync,
    };

    private static async Task OnlyAsync(DocRow row, string server, string url, string? endUser = null, int count = 20)
    {
        await using var pods = await DocServices.BookinfoAsync();
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        await Calls.OnlyAsync(mesh, server, url, endUser, count);
    }

    private static async Task AnyOtherCallerAsync(DocRow row)
    {
        await using var pods = await DocServices.BookinfoAsync();
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        await Calls.OnlyAsync(mesh, "reviews-v3", Reviews);
        await Calls.OnlyAsync(mesh, "reviews-v3", Reviews, "jane");
    }

    private static async Task DelayAsync(DocRow row)
    {
        await using var pods = await DocServices.BookinfoAsync();
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        await AssertTakesAsync(7, () => Calls.OnlyAsync(mesh, "ratings-v1", Ratings, "jason", count: 1));
    }

    // productpage gives reviews three seconds, twice; reviews asks ratings, which a fault delays by seven.
    private static async Task DelayAgainstTheCallersOwnTimeoutAsync(DocRow row)
    {
        await using var pods = await DocServices.BookinfoAsync();
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        using var ratings = mesh.Client();
        foreach (var version in new[] { "reviews-v1", "reviews-v2", "reviews-v3" })
        {
            pods[version].Behavior = AsksRatings(ratings);
        }

        using var reviews = mesh.Client();
        reviews.Timeout = TimeSpan.FromSeconds(3);
        var took = await Calls.TimeAsync(async () =>
        {
            for (var i = 0; i < 2; i++)
            {
                await Assert.ThatAsync(() => reviews.SendAsync(Calls.Get(Reviews, "jason")), Throws.InstanceOf<OperationCanceledException>());
            }
        });

        Assert.That(took.TotalSeconds, Is.InRange(5.9, 8));
        Assert.That(pods["ratings-v1"].RequestCount, Is.Zero, "both tries ended before the delay was over");
        Assert.That(pods["reviews-v1"].RequestCount + pods["reviews-v2"].RequestCount + pods["reviews-v3"].RequestCount, Is.EqualTo(2));
    }

    private static async Task EightyTwentyAsync(DocRow row)
    {
        const int Requests = 10_000;
        await using var pods = await DocServices.BookinfoAsync();
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        var answers = await Calls.AnswersAsync(mesh, Requests, Reviews);

        // 2,000 expected, standard deviation 40; the bounds are five of them away.
        Assert.That(answers.Keys, Is.EquivalentTo(new[] { "reviews-v1", "reviews-v2" }));
        Assert.That(answers["reviews-v2"], Is.InRange(1_800, 2_200));
    }

    private static async Task DelayBehindReviewsAsync(DocRow row)
    {
        await using var pods = await DocServices.BookinfoAsync();
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        using var ratings = mesh.Client();
        pods["reviews-v2"].Behavior = AsksRatings(ratings);
        await AssertTakesAsync(2, () => Calls.OnlyAsync(mesh, "reviews-v2 with ratings-v1", Reviews, count: 1));
    }

    /// <summary>The delay and hardly more: never less, and of three calls the fastest at most two seconds more, since other rows keep the machine busy meanwhile.</summary>
    private static async Task AssertTakesAsync(double seconds, Func<Task> call)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < 3 && fastest > seconds + 2; i++)
        {
            fastest = Math.Min(fastest, (await Calls.TimeAsync(call)).TotalSeconds);
        }

        Assert.That(fastest, Is.InRange(seconds, seconds + 2));
    }

    private static LoopbackBehavior AsksRatings(HttpClient ratings) => LoopbackBehavior.From(async context =>
    {
        using var response = await ratings.SendAsync(Calls.Get(Ratings, context.Request.Headers["end-user"]), context.RequestAborted);
        context.Response.StatusCode = (int)(response.IsSuccessStatusCode ? HttpStatusCode.OK : HttpStatusCode.BadGateway);
        await context.Response.WriteAsync($"{context.Response.Headers[LoopbackServer.InstanceHeader]} with {await response.Content.ReadAsStringAsync()}");
    });
}
