using System.Globalization;
using System.Text;
using System.Text.Json;
using Mesh.Client.Balancing;
using Mesh.Client.Compile;
using Mesh.Model;

namespace Mesh.Conformance.Envoy;

/// <summary>
/// XXH64 and the keys of Envoy's hash policies. A DestinationRule has one key without further treatment, so lists of several policies and
/// regular expressions over values are left out.
/// </summary>
public sealed class HashPolicyTests
{
    [Test]
    public void Texts_hash_as_in_Envoy()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        var primitives = Rows.Read("envoy", "hash", "primitives.json");
        foreach (var row in primitives.GetProperty("xxhash64").EnumerateArray().Concat(primitives.GetProperty("xxhash64_more").EnumerateArray()))
        {
            total++;
            var hash = XxHash64.Hash(Encoding.UTF8.GetBytes(row.Text("input")), row.GetProperty("seed").GetUInt64()).ToString(CultureInfo.InvariantCulture);
            if (hash != row.Text("hash"))
            {
                failures[row.Text("input")] = hash;
            }
        }

        ConformanceReport.Settle("envoy/hash primitives", total, failures, new Dictionary<string, string>());
    }

    [Test]
    public void Requests_have_the_keys_that_Envoy_gives_them()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Rows.Read("envoy", "hash", "hash_policy.json").GetProperty("policies").EnumerateArray())
        {
            if (row.GetProperty("policies").GetArrayLength() != 1 || Model(row.GetProperty("policies")[0]) is not { } model)
            {
                continue;
            }

            total++;
            var request = row.GetProperty("request");
            var key = new CompiledHashKey(model, request.Text("source_ip")).Compute(Message(request), 0, out _)?.ToString(CultureInfo.InvariantCulture) ?? "";
            if (key != row.Text("hash"))
            {
                failures[row.Text("name")] = key;
            }
        }

        ConformanceReport.Settle("envoy/hash policies", total, failures, new Dictionary<string, string>());
    }

    [Test]
    public void Sessions_begin_with_the_cookie_that_Envoy_writes()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Rows.Read("envoy", "hash", "hash_policy.json").GetProperty("set_cookie_format").EnumerateArray())
        {
            total++;
            var attributes = row.GetProperty("attributes").EnumerateArray().Select(static a => new CookieAttribute(a[0].GetString()!, a[1].GetString())).ToModelList();
            var text = CookieText.SetCookie(row.Text("name"), row.Text("value"), TimeSpan.FromSeconds(row.GetProperty("ttl").GetInt32()), row.Text("path"), attributes);
            if (text != row.Text("header"))
            {
                failures[row.Text("header")] = text;
            }
        }

        ConformanceReport.Settle("envoy/hash cookies", total, failures, new Dictionary<string, string>());
    }

    private static ConsistentHash? Model(JsonElement policy)
    {
        if (policy.Has("regex") || policy.Has("terminal"))
        {
            return null;
        }

        return policy switch
        {
            _ when policy.Has("header") => new ConsistentHash { HttpHeaderName = policy.Text("header") },
            _ when policy.Has("cookie") => new ConsistentHash { HttpCookieName = policy.Text("cookie"), HttpCookieTtl = policy.Has("ttl") ? TimeSpan.FromSeconds(policy.GetProperty("ttl").GetInt32()) : null },
            _ when policy.Has("source_ip") => new ConsistentHash { UseSourceIp = policy.GetProperty("source_ip").GetBoolean() },
            _ when policy.Has("query_parameter") => new ConsistentHash { HttpQueryParameterName = policy.Text("query_parameter") },
            _ => null,
        };
    }

    private static HttpRequestMessage Message(JsonElement request)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "http://host" + (request.Text("path") is { Length: > 0 } path ? path : "/"));
        if (request.Has("headers"))
        {
            foreach (var header in request.GetProperty("headers").EnumerateArray())
            {
                message.Headers.TryAddWithoutValidation(header[0].GetString()!, header[1].GetString());
            }
        }

        return message;
    }
}
