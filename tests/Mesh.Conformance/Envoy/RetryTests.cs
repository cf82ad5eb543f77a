using System.Text.Json;
using Mesh.Client.Balancing;
using Mesh.Client.Resilience;
using Mesh.Client.Tests;
using Mesh.Model;
using Mesh.Testing;

namespace Mesh.Conformance.Envoy;

/// <summary>
/// Envoy's table of retry decisions, over a real handler that accepts Envoy's request headers; the bounds of its back-off; the headers that
/// say when to come back.
/// </summary>
public sealed class RetryTests
{
    private const string Mesh = """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: b }
        spec:
          host: b.shop.local
          trafficPolicy: { connectionPool: { http: { http2MaxRequests: LIMIT } } }
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: b }
        spec:
          hosts: [b.shop.local]
          http:
          - retries: { attempts: 0 }
            route: [{ destination: { host: b.shop.local } }]
        """;

    [Test]
    public async Task A_try_is_repeated_where_Envoy_repeats_it()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Table().GetProperty("retry_decisions").EnumerateArray())
        {
            total++;
            var expected = row.Text("result") == "Yes";
            var retried = await IsRetriedAsync(row);
            if (retried != expected)
            {
                failures[row.Text("test")] = $"retried: {retried}";
            }
        }

        ConformanceReport.Settle("envoy/retry decisions", total, failures, new Dictionary<string, string>());
    }

    [Test]
    public void Pauses_are_bounded_as_in_Envoy()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Table().GetProperty("exponential_backoff").EnumerateArray())
        {
            total++;
            var policy = new RetryPolicy
            {
                BackoffBase = TimeSpan.FromMilliseconds(row.GetProperty("base_ms").GetInt32()),
                BackoffMax = TimeSpan.FromMilliseconds(row.GetProperty("max_ms").GetInt32()),
            };
            var wanted = row.GetProperty("upper_bounds_exclusive_ms").EnumerateArray().Select(static b => b.GetInt32()).ToArray();
            var actual = Enumerable.Range(1, wanted.Length).Select(retry => (int)Backoff.Bound(policy, retry).TotalMilliseconds).ToArray();
            if (!actual.SequenceEqual(wanted))
            {
                failures[row.GetRawText()] = string.Join(' ', actual);
            }
        }

        ConformanceReport.Settle("envoy/retry back-off", total, failures, new Dictionary<string, string>());
    }

    [Test]
    public void Reset_headers_are_read_as_in_Envoy()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Table().GetProperty("reset_headers").EnumerateArray())
        {
            total++;
            var format = row.Text("format") == "SECONDS" ? ResetHeaderFormat.Seconds : ResetHeaderFormat.UnixTimestamp;
            var interval = ServerPause.Parse(row.Text("value"), format, DateTimeOffset.FromUnixTimeSeconds(row.GetProperty("now_unix").GetInt64()));
            double? wanted = row.Has("interval_ms") ? row.GetProperty("interval_ms").GetDouble() : null;
            if (interval?.TotalMilliseconds != wanted)
            {
                failures[row.Text("name") + " " + row.Text("value")] = $"{interval}";
            }
        }

        foreach (var row in Table().GetProperty("rate_limited_backoff").GetProperty("examples").EnumerateArray())
        {
            total++;
            var random = new SeededRandomSource(7);
            var interval = TimeSpan.FromMilliseconds(row.GetProperty("interval_ms").GetInt32());
            var pauses = Enumerable.Range(0, 10_000).Select(_ => ServerPause.Jittered(interval, random).TotalMilliseconds).ToArray();
            if (pauses.Min() < row.GetProperty("min").GetInt32() || pauses.Max() >= row.GetProperty("max_exclusive").GetInt32())
            {
                failures[row.GetRawText()] = $"{pauses.Min()}…{pauses.Max()}";
            }
        }

        ConformanceReport.Settle("envoy/retry reset headers", total, failures, new Dictionary<string, string>());
    }

    private static JsonElement Table() => Rows.Read("envoy", "retry", "retry.json");

    private static async Task<bool> IsRetriedAsync(JsonElement row)
    {
        const string Endpoint = "10.0.0.1:80";
        var overflows = row.Text("reset") == "Overflow";
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Service("b.shop.local", "10.0.0.1") + Mesh.Replace("LIMIT", overflows ? "1" : "0", StringComparison.Ordinal),
            options: static options => options.AcceptEnvoyHeaders = true);
        var request = new HttpRequestMessage(HttpMethod.Get, "http://b.shop.local/") { Version = System.Net.HttpVersion.Version20 };
        foreach (var header in row.GetProperty("request_headers").EnumerateArray())
        {
            request.Headers.TryAddWithoutValidation(header[0].GetString()!, header[1].GetString());
        }

        if (overflows)
        {
            // One request holds the only place.
            mesh.Network.Script(Endpoint, ScriptedAnswer.Never);
            using var stop = new CancellationTokenSource();
            var held = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://b.shop.local/"), stop.Token);
            using var refused = await mesh.SendAsync(request);
            var tries = mesh.Network.Requests.Count;
            await stop.CancelAsync();
            Assert.That(async () => await held, Throws.InstanceOf<OperationCanceledException>());
            return tries > 1;
        }

        mesh.Network.Script(Endpoint, Answer(row), ScriptedAnswer.Status(204));
        try
        {
            using var response = await mesh.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // A broken try that is not repeated is the caller's to see.
            Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
        }

        return mesh.Network.Requests.Count > 1;
    }

    private static ScriptedAnswer Answer(JsonElement row)
    {
        if (row.Has("reset"))
        {
            return row.Text("reset") switch
            {
                "RemoteConnectionFailure" or "LocalConnectionFailure" => ScriptedAnswer.ConnectionRefused,
                "RemoteRefusedStreamReset" => ScriptedAnswer.StreamRefused,
                _ => ScriptedAnswer.Reset,
            };
        }

        var headers = row.GetProperty("response_headers").EnumerateArray().ToDictionary(static h => h[0].GetString()!, static h => h[1].GetString()!);
        var answer = ScriptedAnswer.Status(int.Parse(headers[":status"], System.Globalization.CultureInfo.InvariantCulture));
        return headers.Where(static h => h.Key != ":status").Aggregate(answer, static (a, h) => a.WithHeader(h.Key, h.Value));
    }
}
