using System.Text.Json;
using Mesh.Client.Tests;
using Mesh.Testing;

namespace Mesh.Conformance.Istio;

/// <summary>
/// Istio's live routing tests, sent through a real handler over a scripted network. Rows of a gateway, of an EnvoyFilter and of the serving
/// side (cross-origin answers) are not a caller's and are left out.
/// </summary>
public sealed class TrafficTests
{
    private const string Services = """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: { name: b }
        spec:
          hosts: [b.default.svc.cluster.local]
          location: MESH_INTERNAL
          resolution: STATIC
          ports:
          - { number: 80, name: http, protocol: HTTP }
          - { number: 85, name: http2, protocol: HTTP2 }
          - { number: 7070, name: grpc, protocol: GRPC }
          endpoints: [{ address: 10.0.0.1 }]
        ---

        """;

    [Test]
    public async Task Requests_arrive_as_in_Istio()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Rows.Read("istio", "traffic", "rows.json").GetProperty("rows").EnumerateArray().Where(IsOfCaller))
        {
            total++;
            if (await DifferenceAsync(row) is { } difference)
            {
                failures[row.Text("id")] = difference;
            }
        }

        ConformanceReport.Settle("istio/traffic/rows", total, failures, new Dictionary<string, string>());
    }

    private static bool IsOfCaller(JsonElement row) =>
        row.GetProperty("machineReadable").GetBoolean() && !row.GetProperty("viaIngress").GetBoolean()
        && row.Text("group") == "virtualServiceCases" && row.Text("name") != "cors";

    private static async Task<string?> DifferenceAsync(JsonElement row)
    {
        var yaml = File.ReadAllText(Path.Combine(Corpora.Require("istio", "traffic"), row.Text("config")));
        await using var mesh = await TestMesh.StartAsync(Services + yaml);
        var wanted = row.GetProperty("request");
        using var client = new HttpClient(mesh.Mesh.CreateHandler(new SocketsHttpHandler
        {
            AllowAutoRedirect = wanted.Has("followRedirects") && wanted.GetProperty("followRedirects").GetBoolean(),
            UseCookies = false,
        }));
        using var response = await client.SendAsync(Request(wanted));
        foreach (var expectation in row.GetProperty("expected").EnumerateArray())
        {
            foreach (var one in expectation.EnumerateObject())
            {
                if (Difference(one, response, mesh.Network) is { } difference)
                {
                    return difference;
                }
            }
        }

        return null;
    }

    private static HttpRequestMessage Request(JsonElement wanted)
    {
        var path = wanted.Text("path") is { Length: > 0 } given ? given : "/";
        var request = new HttpRequestMessage(
            new HttpMethod(wanted.Text("method") is { Length: > 0 } method ? method : "GET"),
            $"http://b:{wanted.GetProperty("servicePort").GetInt32()}{path}");
        if (wanted.Text("host") is { Length: > 0 } host)
        {
            request.Headers.Host = host;
        }

        if (wanted.Has("headers"))
        {
            foreach (var header in wanted.GetProperty("headers").EnumerateObject())
            {
                request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        if (wanted.Text("scheme") == "scheme.GRPC")
        {
            request.Method = HttpMethod.Post;
            request.Version = System.Net.HttpVersion.Version20;
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
            request.Content.Headers.ContentType = new("application/grpc");
        }

        return request;
    }

    private static string? Difference(JsonProperty expected, HttpResponseMessage response, ScriptedTransport network)
    {
        switch (expected.Name)
        {
            case "status":
                return Differ("status", ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), expected.Value.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
            case "location":
                return Differ("location", response.Headers.NonValidated.TryGetValues("Location", out var location) ? location.ToString() : "", expected.Value.GetString()!);
            case "grpcStatus":
                var status = response.Headers.NonValidated.TryGetValues("grpc-status", out var values) ? values.ToString() : "";
                return Differ("grpc-status", status, expected.Value.GetString() == "codes.Unavailable" ? "14" : expected.Value.GetString()!);
            case "upstreamHost":
                var last = network.Requests[^1];
                return Differ("host", last.Headers.GetValueOrDefault("Host", last.Uri!.Authority), expected.Value.GetString()!);
            case "upstreamPathAndQuery":
                return Differ("path", network.Requests[^1].Uri!.PathAndQuery, expected.Value.GetString()!);
            case "upstreamHeader":
                foreach (var header in expected.Value.EnumerateObject())
                {
                    var sent = network.Requests[^1].Headers.FirstOrDefault(h => h.Key.Equals(header.Name, StringComparison.OrdinalIgnoreCase)).Value ?? "";
                    if (Differ(header.Name, sent, header.Value.GetString()!) is { } difference)
                    {
                        return difference;
                    }
                }

                return null;
            default:
                return $"no check for '{expected.Name}'";
        }
    }

    private static string? Differ(string what, string actual, string expected) => actual == expected ? null : $"{what}: '{actual}' instead of '{expected}'";
}
