using System.Collections.Concurrent;
using System.Net;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>Requests as the pages make them, and what came of them.</summary>
internal static class Calls
{
    private const int Callers = 4;

    public static HttpRequestMessage Get(string url, string? endUser = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (endUser is not null)
        {
            request.Headers.Add("end-user", endUser);
        }

        return request;
    }

    /// <summary>Which server answered, how often, over many requests; each of them with 200.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> AnswersAsync(DocMesh mesh, int count, string url, string? endUser = null)
    {
        using var client = mesh.Client();
        var answers = new ConcurrentDictionary<string, int>();
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var response = await client.SendAsync(Get(url, endUser));
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                answers.AddOrUpdate(await response.Content.ReadAsStringAsync(), 1, static (_, n) => n + 1);
            }
        }));
        return answers;
    }

    /// <summary>Fails unless every answer came from that server.</summary>
    public static async Task OnlyAsync(DocMesh mesh, string server, string url, string? endUser = null, int count = 20) =>
        Assert.That((await AnswersAsync(mesh, count, url, endUser)).Keys, Is.EqualTo(new[] { server }));

    /// <summary>Time that something took.</summary>
    public static async Task<TimeSpan> TimeAsync(Func<Task> action)
    {
        var start = TimeProvider.System.GetTimestamp();
        await action();
        return TimeProvider.System.GetElapsedTime(start);
    }
}
