using System.Collections.Concurrent;
using System.Globalization;

namespace Bookinfo.Commands;

/// <summary>Many requests from inside the mesh, by several callers at once; says which answers came, in fortio's words.</summary>
internal static class LoadCommand
{
    /// <summary>
    /// Before a sidecar a refusal costs its caller a round trip; in process it costs microseconds, and callers would use up all their calls on a limit while the
    /// first connection opens. So they pause after each, about as long as that round trip takes.
    /// </summary>
    private static readonly TimeSpan s_roundTrip = TimeSpan.FromMilliseconds(1);

    private const string Usage = "Usage: load [--port=9080] [-c CALLERS] [-n REQUESTS] [-H 'name: value']… URL";

    public static async Task<int> RunAsync(string[] args)
    {
        if (ToolArguments.Parse(args, Usage) is not { } arguments)
        {
            return 2;
        }

        if (await RunningMesh.JoinAsync(arguments.Port, "fortio") is not { } mesh)
        {
            return 1;
        }

        await using var _ = mesh;
        using var http = new HttpClient(mesh.CreateHandler(new SocketsHttpHandler { AllowAutoRedirect = false }));
        var answers = new ConcurrentDictionary<int, int>();
        var left = arguments.Requests;
        for (var i = 0; i < arguments.Callers; i++)
        {
            // As fortio does: what is counted is a running program, not its start.
            await CallAsync(http, arguments);
        }

        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, arguments.Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var answer = await CallAsync(http, arguments);
                answers.AddOrUpdate(answer, 1, static (_, count) => count + 1);
                if (answer >= 500)
                {
                    await Task.Delay(s_roundTrip);
                }
            }
        })));
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{arguments.Requests} calls by {arguments.Callers} callers in {seconds:0.00} s"));
        foreach (var (code, count) in answers.OrderBy(static a => a.Key))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Code {(code < 0 ? " -1" : code)} : {count} ({100.0 * count / arguments.Requests:0.0} %)"));
        }

        return 0;
    }

    // -1 stands for no answer at all, as with fortio.
    private static async Task<int> CallAsync(HttpClient http, ToolArguments arguments)
    {
        try
        {
            using var request = arguments.ToRequest();
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return -1;
        }
    }
}
