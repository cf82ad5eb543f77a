using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.PropertyTests.Explaining;

/// <summary>
/// Random models made of few words, so that rules overlap, prefixes share stems, rules name what is there and what is not, and rewriting meets every kind of
/// condition.
/// </summary>
internal sealed class ModelDice(Dice dice)
{
    private static readonly string[] s_names = ["catalog", "reviews", "a.shop.svc.cluster.local"];
    private static readonly string[] s_segments = ["api", "apis", "a", "ab", "v1", "A", "items", "it", "~x", "x.js"];
    private static readonly string[] s_patterns = ["/api/v[0-9]+/.*", "/(a|ab)", "/(a|ab)/.*", "/[a-z]+", "/[^/]*/it.*", "", "/.*%20.*", "/api(/.*)?", ".*"];
    private static readonly string[] s_values = ["", "a", "ab", "A", "1", "42", "x", "x,y", "a%20b", "a=b", "a; b"];
    private static readonly string[] s_valuePatterns = ["[0-9]+", "a|ab", "x,.*", ".*b", "", "(?i)a"];
    private static readonly string[] s_headers = ["x-a", "x-b", "X-User", "host", ":path", ":method", ":authority", ":scheme", ":odd", "cookie", "user-agent"];
    private static readonly string[] s_edited = ["x-a", "X-B", "x-new", "cookie", "user-agent"];
    private static readonly string[] s_answered = ["x-resp", "X-RESP", "x-more"];

    public MeshModel Make() => new()
    {
        // A name belongs to one service.
        Services = dice.Some(0, 3, () => Service(dice.Of<string>([.. s_names, "*.example.com", "wide"]))).Prepend(Service("catalog")).DistinctBy(static s => s.Name).ToModelList(),
        OutboundTrafficPolicy = dice.OneIn(3) ? OutboundTrafficPolicy.RegistryOnly : OutboundTrafficPolicy.AllowAny,
        DefaultRetries = dice.OneIn(3) ? RetryPolicy.Default with { Attempts = 4 } : RetryPolicy.Default,
    };

    private ServiceModel Service(string name) => new()
    {
        Name = name,
        Hosts = name switch { "wide" => dice.Of<ModelList<string>>(["*"], ["*.com"], ["*.example.com", "api.example.com"]), ['a', '.', ..] => [name, "a.shop"], _ => [name] },
        Ports = dice.Of<ModelList<ServicePort>>([], [new(80)], [new(8080, "http")], [new(9000, "tcp", PortProtocol.Tcp), new(8080, "http"), new(80)], [new(9000, "tcp", PortProtocol.Tcp), new(8081, "raw", PortProtocol.Tcp)]),
        RulePorts = dice.OneIn(6) ? [8080] : [],
        FallThrough = dice.OneIn(2),
        Rules = Rules(),
        Clusters = dice.Some(0, 4, () => Cluster(name)),
        Resolution = dice.OneIn(8) ? EndpointResolution.PassThrough : EndpointResolution.Static,
        Endpoints = dice.OneIn(10) ? [] : [Endpoint(name, "v1"), Endpoint(name, "v2"), Endpoint(name, "v0") with { Weight = 0 }],
    };

    private static MeshEndpoint Endpoint(string service, string version) => new()
    {
        Address = $"{version}-{service.Replace("*", "any", StringComparison.Ordinal)}",
        Port = version == "v2" ? 7002 : 0,
        Labels = ModelMap.Of(("version", version)),
    };

    private ClusterModel Cluster(string service)
    {
        var subset = dice.Of(null, "v1", "v2", "v3", "all");
        return new ClusterModel
        {
            Key = new ClusterKey(service, dice.Of(0, 0, 80, 8080), subset),
            Labels = subset is null or "all" ? ModelMap<string>.Empty : ModelMap.Of(("version", subset)),
        };
    }

    private ModelList<RouteRule> Rules()
    {
        // Now and then enough for the index to take over from the scan.
        var rules = new RouteRule[dice.OneIn(4) ? dice.Between(12, 30) : dice.Between(0, 6)];
        for (var i = 0; i < rules.Length; i++)
        {
            rules[i] = new RouteRule { Name = "r" + i, Index = i, Matches = dice.OneIn(12) ? [] : dice.Some(1, 3, Match), Action = Action() };
        }

        return rules.ToModelList();
    }

    private RouteMatch Match() => new()
    {
        Path = dice.OneIn(6) ? null : Path(),
        Method = dice.OneIn(8) ? Text(["GET", "POST", "get"], ["GET|POST"]) : null,
        Scheme = dice.OneIn(12) ? Text(["http", "https"], ["https?"]) : null,
        Authority = dice.OneIn(8) ? Text(["catalog", "catalog:8080", "other.example"], ["catalog(:.*)?"]) : null,
        Port = dice.OneIn(8) ? dice.Of(80, 8080, 9999) : null,
        Headers = dice.OneIn(5) ? dice.Some(1, 2, Header) : [],
        QueryParams = dice.OneIn(6) ? dice.Some(1, 2, () => new QueryMatch(dice.Of("q", "Q", "p", ""), Text(s_values, s_valuePatterns))) : [],
    };

    private PathMatch Path() => dice.Between(1, 15) switch
    {
        <= 6 => new PathMatch(MatchKind.Prefix, PathText(), dice.OneIn(6)),
        <= 9 => new PathMatch(MatchKind.Exact, PathText(), dice.OneIn(6)),
        <= 13 => new PathMatch(MatchKind.PathSeparatedPrefix, PathText(), dice.OneIn(6)),
        _ => new PathMatch(MatchKind.Regex, dice.Of<string>(s_patterns)),
    };

    private string PathText() => dice.OneIn(6) ? "/" : "/" + string.Join('/', dice.Some(1, 3, () => dice.Of<string>(s_segments))) + (dice.OneIn(4) ? "/" : "");

    private HeaderMatch Header() => new(dice.Of<string>(s_headers), Text([.. s_values, "/a", "GET", "catalog", "http"], s_valuePatterns), dice.OneIn(3));

    private StringMatch Text(string[] values, string[] patterns) => dice.Between(1, 9) switch
    {
        <= 4 => new StringMatch(MatchKind.Exact, dice.Of<string>(values), dice.OneIn(3)),
        <= 7 => new StringMatch(MatchKind.Prefix, dice.Of<string>(values), dice.OneIn(3)),
        8 => new StringMatch(MatchKind.Regex, dice.Of<string>(patterns)),
        _ => new StringMatch(MatchKind.Present),
    };

    private RouteAction Action() => Forwarding() with { Fault = dice.OneIn(8) ? Fault() : null };

    /// <summary>Always or never: what chance decides is tested where chance is.</summary>
    private Fault Fault() => new()
    {
        Delay = dice.OneIn(2) ? TimeSpan.FromSeconds(dice.Of(0, 1, 3)) : null,
        DelayPercent = dice.Of(0, 100),
        AbortHttpStatus = dice.OneIn(2) ? dice.Of(418, 503) : null,
        AbortGrpcStatus = dice.OneIn(6) ? "UNAVAILABLE" : null,
        AbortPercent = dice.Of(0, 100, 100),
    };

    private RouteAction Forwarding() => dice.Between(1, 10) switch
    {
        1 => new DirectResponseAction { StatusCode = dice.Of(200, 404, 503), Body = "body"u8.ToArray(), ResponseHeaders = Edits(s_answered, 3) },
        <= 3 => Redirect() with { ResponseHeaders = Edits(s_answered, 3) },
        _ => new ForwardAction
        {
            Destinations = Destinations(),
            Rewrite = dice.OneIn(3) ? Rewrite() : null,
            RequestHeaders = Edits(s_edited, 3),
            ResponseHeaders = Edits(s_answered, 4),
            Timeout = dice.OneIn(8) ? TimeSpan.FromSeconds(dice.Of(1, 2)) : null,
            Retries = dice.OneIn(8) ? new RetryPolicy { Attempts = dice.Between(0, 3), PerTryTimeout = dice.Of<TimeSpan?>(null, TimeSpan.FromSeconds(1)), RetryOn = RetryConditions.ServerError } : RetryPolicy.Default,
            Mirrors = dice.OneIn(6) ? dice.Some(1, 2, () => new Mirror(Key(), 0)) : [],
        },
    };

    private RedirectAction Redirect() => new()
    {
        Path = dice.OneIn(3) ? dice.Of("/to", "/to?z=1", "/t o") : null,
        PrefixRewrite = dice.OneIn(3) ? dice.Of("/z", "/", "", "/z/", "z") : null,
        Authority = dice.OneIn(2) ? dice.Of("other", "other:99", "other:80") : null,
        Port = dice.OneIn(3) ? dice.Of(80, 443, 8080) : null,
        DerivePortFromRequest = dice.OneIn(4),
        Scheme = dice.OneIn(2) ? dice.Of("http", "https") : null,
        StatusCode = dice.Of(301, 302, 303, 307, 308),
    };

    private ModelList<RouteDestination> Destinations()
    {
        var destinations = dice.Some(1, 3, Destination);
        return destinations.Any(static d => d.Weight > 0) || destinations.Count == 1 ? destinations : [destinations[0] with { Weight = 1 }, .. destinations.Skip(1)];
    }

    private RouteDestination Destination() => new(Key(), dice.Of(0, 1, 1, 3, 20))
    {
        RequestHeaders = Edits(s_edited, 5),
        ResponseHeaders = Edits(s_answered, 5),
        Rewrite = dice.OneIn(10) ? Rewrite() : null,
        Redirect = dice.OneIn(20) ? Redirect() : null,
        ErrorStatus = dice.OneIn(20) ? 500 : null,
    };

    private ClusterKey Key() => new(dice.Of<string>(["catalog", "catalog", "catalog", "catalog", .. s_names, "gone"]), dice.Of(0, 0, 0, 0, 80, 8080, 9999), dice.Of(null, null, null, null, null, "v1", "v2", "v3", "none"));

    private Rewrite Rewrite()
    {
        var (pattern, substitution) = dice.Of<(string?, string?)>(
            (null, null), (null, null), (null, null), ("/a(.*)", @"/b\1"), ("a", "b"), (".*", "/x"), ("^", "/pre"), ("(a)(b)?", @"\2-\1"), ("/", @"/\\1"), ("a", "$0$"), ("a", ""));
        return new Rewrite
        {
            Path = dice.OneIn(4) ? null : dice.Of("/", "/new", "/new/", "new", "", "/n?b=1", "/ü x", "/n%2Fm", "/n/../m"),
            FullPath = dice.OneIn(8) ? dice.Of("/full", "/full/", "full", "") : null,
            Authority = dice.OneIn(3) ? dice.Of("rewritten", "rewritten:81") : null,
            RegexPattern = pattern,
            RegexSubstitution = substitution,
        };
    }

    private HeaderOperations Edits(string[] names, int one) => !dice.OneIn(one) ? HeaderOperations.None : new HeaderOperations
    {
        Set = Values(names),
        Add = Values(names),
        Remove = dice.OneIn(2) ? [dice.Of<string>([.. names, .. names, "host", ":path", "content-type", "no name"])] : [],
    };

    private ModelMap<string> Values(string[] names)
    {
        var values = new Dictionary<string, string>();
        for (var count = dice.Between(0, 2); count > 0; count--)
        {
            var name = dice.Of<string>([.. names, .. names, "host", "Host", ":authority", "no name"]);

            // .NET refuses a Host header that is none.
            values[name] = name is "host" or "Host" or ":authority" ? dice.Of("1", "h.example:8", "edited") : dice.Of("1", "two words", "h.example:8", "a,b");
        }

        return values.ToModelMap();
    }
}
