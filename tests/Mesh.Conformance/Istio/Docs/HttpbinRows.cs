using System.Net;
using Mesh.Testing;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>Circuit breaking and mirroring.</summary>
internal static class HttpbinRows
{
    public static Dictionary<string, Func<DocRow, Task>> All { get; } = new()
    {
        ["DOC-020"] = OneConnectionAsync,
        ["DOC-021"] = TwoConnectionsAsync,
        ["DOC-023"] = OnlyVersion1Async,
    };

    private static async Task OneConnectionAsync(DocRow row)
    {
        await using var pods = await DocServices.StartAsync(8000, ("httpbin", "v1"));
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        Assert.That(await StatusesAsync(mesh, callers: 1, requests: 20), Is.All.EqualTo(HttpStatusCode.OK));
    }

    private static async Task TwoConnectionsAsync(DocRow row)
    {
        await using var pods = await DocServices.StartAsync(8000, ("httpbin", "v1"));
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        var statuses = await StatusesAsync(mesh, callers: 2, requests: 20);
        Assert.That(statuses, Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
        Assert.That(statuses.Count(static s => s == HttpStatusCode.OK), Is.GreaterThan(10), "most");
        Assert.That(statuses, Has.Some.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private static async Task OnlyVersion1Async(DocRow row)
    {
        await using var pods = await DocServices.StartAsync(8000, ("httpbin", "v1"), ("httpbin", "v2"));
        await using var mesh = await DocMesh.StartAsync(row, pods.Registry);
        await Calls.OnlyAsync(mesh, "httpbin-v1", "http://httpbin:8000/headers");
        Assert.That(pods["httpbin-v2"].RequestCount, Is.Zero);
    }

    /// <summary>
    /// The page's load generator stands before a proxy, so a refusal costs it a round trip; here a refusal costs microseconds, and a caller that is refused would
    /// use up all requests while the first connection opens. A call to a server outside the mesh after each request stands for that round trip.
    /// </summary>
    private static async Task<List<HttpStatusCode>> StatusesAsync(DocMesh mesh, int callers, int requests)
    {
        await using var hop = await LoopbackServer.StartAsync();
        using var outside = new HttpClient();
        using var client = mesh.Client();
        using var allThere = new Barrier(callers);
        var left = requests;
        var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<HttpStatusCode>();
            allThere.SignalAndWait();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var response = await client.GetAsync(new Uri("http://httpbin:8000/get"));
                mine.Add(response.StatusCode);
                using var trip = await outside.GetAsync(new Uri($"http://127.0.0.1:{hop.Port}/"));
            }

            return mine;
        })));
        return [.. all.SelectMany(static s => s)];
    }
}
