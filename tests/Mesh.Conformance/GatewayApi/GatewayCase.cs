using System.Text.Json;
using Mesh.Configuration.Explain;

namespace Mesh.Conformance.GatewayApi;

/// <summary>One request of the suite: how it is made and what is expected. See FORMAT.md beside the corpus.</summary>
internal sealed class GatewayCase(JsonElement json)
{
    public string Id { get; } = json.GetProperty("id").GetString()!;

    public int AfterMutations { get; } = json.GetProperty("after_mutations").GetInt32();

    public JsonElement Expect { get; } = json.GetProperty("expect");

    /// <summary>What the backend does; undefined when it just answers.</summary>
    public JsonElement Behaviour { get; } = json.TryGetProperty("backend_behaviour", out var behaviour) ? behaviour : default;

    /// <summary>Namespace of the calling workload; that of nobody at a gateway.</summary>
    public string Namespace { get; } = Client(json).GetProperty("kind").GetString() == "mesh" ? Client(json).GetProperty("namespace").GetString()! : "elsewhere";

    public int[] Statuses => [.. Expect.GetProperty("status").EnumerateArray().Select(static s => s.GetInt32())];

    public ExplainRequest Request()
    {
        var request = json.GetProperty("request");
        var client = Client(json);
        var isMesh = client.GetProperty("kind").GetString() == "mesh";
        var dial = request.TryGetProperty("dial", out var d) && d.TryGetProperty("service", out _) ? d : default;
        var port = isMesh ? dial.GetProperty("port").GetInt32() : client.GetProperty("port").GetInt32();
        var scheme = request.GetProperty("scheme").GetString()!;
        var host = Text(request, "host");
        var serverName = request.TryGetProperty("tls", out var tls) && tls.ValueKind == JsonValueKind.Object ? Text(tls, "sni") : null;
        var address = serverName ?? host ?? "gateway.address";
        address = address.Contains(':', StringComparison.Ordinal) ? address[..address.IndexOf(':', StringComparison.Ordinal)] : address;

        var query = Text(request, "query");
        return new ExplainRequest
        {
            Method = request.GetProperty("method").GetString()!,
            Url = new Uri($"{scheme}://{address}:{port}{request.GetProperty("path").GetString()}{(query is null ? "" : "?" + query)}"),
            Host = host,
            Headers = [.. request.GetProperty("headers").EnumerateObject().Select(static h => KeyValuePair.Create(h.Name, h.Value.GetString()!))],
            IsGrpc = request.GetProperty("protocol").GetString() == "GRPC",
            Dial = isMesh ? new DialledService(dial.GetProperty("service").GetString()!, dial.GetProperty("namespace").GetString()!, port) : null,
            Gateway = isMesh ? null : Name(client.GetProperty("gateway").GetString()!),
            Listener = Text(client, "listener"),
        };
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Client(JsonElement json) => json.GetProperty("client");

    private static (string, string) Name(string text) => (text.Split('/')[0], text.Split('/')[1]);
}
