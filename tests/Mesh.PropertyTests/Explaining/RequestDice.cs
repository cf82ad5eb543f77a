using Mesh.PropertyTests.Routing;

namespace Mesh.PropertyTests.Explaining;

/// <summary>Random requests in the same words, with what .NET makes of an address on its way: escapes, dots, case, odd characters.</summary>
internal sealed class RequestDice(Dice dice)
{
    private static readonly string[] s_segments = ["api", "apis", "a", "ab", "v1", "A", "items", "it", "~x", "x.js"];
    private static readonly string[] s_odd = ["%2F", "%61pi", "a%20b", ".", "..", "", "ä", "a b", "(x)", "a;b=1", "a+b", "..a", "%zz", "a|b", "a\\b"];
    private static readonly string[] s_values = ["", "a", "ab", "A", "1", "42", "x", "x,y", "AB", "a=b"];

    public RequestCase Make()
    {
        var scheme = dice.OneIn(6) ? dice.Of("https", "https+http", "http+https") : "http";
        var host = dice.Of("catalog", "catalog", "catalog", "catalog", "catalog", "catalog", "catalog", "catalog", "catalog", "catalog", "reviews", "CATALOG", "a.shop.svc.cluster.local", "a.shop", "api.example.com", "x.y.example.com", "example.com", "unknown", "10.0.0.1", "_http.catalog", "_none.catalog", "_http.unknown");

        // Of a composed scheme only the try knows what it becomes, and with it which port is the default that the Host header leaves out.
        var port = dice.OneIn(3) ? dice.Of<string>(scheme.Contains('+', StringComparison.Ordinal) ? [":8080", ":9000"] : [":80", ":443", ":8080", ":9000", ":1234"]) : "";
        return new RequestCase(
            dice.OneIn(4) ? dice.Of("POST", "get", "PURGE", "HEAD") : "GET",
            $"{scheme}://{host}{port}{Path()}{Query()}",
            dice.OneIn(6) ? dice.Of("catalog", "catalog:8080", "other.example", "CATALOG", "x:80", "[::1]:80") : null,
            dice.Some(0, 3, () => (dice.Of("x-a", "X-A", "x-b", "x-user", "cookie", "user-agent"), dice.Of<string>(s_values))));
    }

    private string Path()
    {
        var segments = dice.Some(0, 5, () => dice.OneIn(10) ? dice.Of<string>(s_odd) : dice.Of<string>(s_segments));
        return (segments.Count == 0 ? "" : "/" + string.Join('/', segments)) + (dice.OneIn(4) ? "/" : "");
    }

    private string Query()
    {
        var pairs = dice.Some(0, 3, () => dice.Of("q", "Q", "p", "") + (dice.OneIn(6) ? "" : "=" + dice.Of<string>([.. s_values, "a b", "ä", "%41"])));
        return (pairs.Count > 0 || dice.OneIn(4) ? "?" : "") + string.Join('&', pairs) + (dice.OneIn(8) ? "#q=a" : "");
    }
}
