using FsCheck;
using FsCheck.Fluent;
using Mesh.Model;

namespace Mesh.PropertyTests.Routing;

/// <summary>
/// Random services and requests made of few words, so that rules overlap, prefixes share stems and requests hit near misses.
/// </summary>
internal static class RouteGenerators
{
    private static readonly string[] s_segments = ["api", "apis", "a", "ab", "v1", "v2", "A", "Api", "items", "it", "~x", "x.js"];
    private static readonly string[] s_odd = ["%2F", "%61pi", "a%20b", ".", "..", "", "ä", "a b", "(x)", "a;b=1", "a+b", "..a", "%zz", "a|b"];
    private static readonly string[] s_pathPatterns = ["/api/v[0-9]+/.*", "/(a|ab)", "/(a|ab)/.*", ".*\\.js", "/[a-z]+", "/a|/ab", "/[^/]*/it.*", "", "/.*%20.*", "/api(/.*)?"];
    private static readonly string[] s_valuePatterns = ["[0-9]+", "a|ab", "x,.*", ".*b", "", "[A-Z]+"];
    private static readonly string[] s_values = ["", "a", "ab", "A", "abc", "1", "42", "x", "x,y", "AB", "a%20b", "a=b"];
    private static readonly string[] s_headers = ["x-a", "x-b", "X-User", "host", ":path", ":method", ":authority"];
    private static readonly string[] s_query = ["q", "Q", "p", ""];
    private static readonly string[] s_methods = ["GET", "POST", "get", "PURGE"];
    private static readonly string[] s_hosts = ["catalog", "catalog:8080", "other.example", "CATALOG"];

    private static Gen<string> Segment => Gen.Frequency((9, Gen.Elements(s_segments)), (1, Gen.Elements(s_odd)));

    private static Gen<string> PlainPath =>
        from count in Gen.Choose(0, 4)
        from segments in Gen.ListOf(Gen.Elements(s_segments), count)
        from slash in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Constant("/")))
        select count == 0 ? "/" : "/" + string.Join('/', segments) + slash;

    private static Gen<string> RequestPath =>
        from count in Gen.Choose(0, 6)
        from segments in Gen.ListOf(Segment, count)
        from slash in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Constant("/")))
        select count == 0 ? slash : "/" + string.Join('/', segments) + slash;

    private static Gen<bool> OneIn(int count) => Gen.Choose(1, count).Select(static n => n == 1);

    /// <summary>Null most of the time: each condition makes a match rarer.</summary>
    private static Gen<T?> Seldom<T>(int one, Gen<T> value)
        where T : class => Gen.Frequency((one - 1, Gen.Constant<T?>(null)), (1, value.Select(static v => (T?)v)));

    private static Gen<StringMatch> Text(string[] values, string[] patterns) =>
        Gen.Frequency(
            (4, from value in Gen.Elements(values) from ignoreCase in OneIn(3) select new StringMatch(MatchKind.Exact, value, ignoreCase)),
            (3, from value in Gen.Elements(values) from ignoreCase in OneIn(3) select new StringMatch(MatchKind.Prefix, value, ignoreCase)),
            (1, Gen.Elements(patterns).Select(static p => new StringMatch(MatchKind.Regex, p))),
            (1, Gen.Constant(new StringMatch(MatchKind.Present))));

    private static Gen<PathMatch> Path =>
        Gen.Frequency(
            (6, from path in PlainPath from ignoreCase in OneIn(6) select new PathMatch(MatchKind.Prefix, path, ignoreCase)),
            (4, from path in PlainPath from ignoreCase in OneIn(6) select new PathMatch(MatchKind.Exact, path, ignoreCase)),
            (3, from path in PlainPath from ignoreCase in OneIn(6) select new PathMatch(MatchKind.PathSeparatedPrefix, path, ignoreCase)),
            (1, from path in RequestPath from kind in Gen.Elements(MatchKind.Prefix, MatchKind.Exact) select new PathMatch(kind, path)),
            (1, Gen.Elements(s_pathPatterns).Select(static p => new PathMatch(MatchKind.Regex, p))));

    private static Gen<HeaderMatch> Header =>
        from name in Gen.Elements(s_headers)
        from value in Text([.. s_values, "/a", "/api", "GET", "catalog"], s_valuePatterns)
        from invert in OneIn(3)
        select new HeaderMatch(name, value, invert);

    private static Gen<QueryMatch> Query => from name in Gen.Elements(s_query) from value in Text(s_values, s_valuePatterns) select new QueryMatch(name, value);

    private static Gen<RouteMatch> Match =>
        from path in Gen.Frequency((1, Gen.Constant<PathMatch?>(null)), (6, Path.Select(static p => (PathMatch?)p)))
        from method in Seldom(8, Text(s_methods, ["GET|POST"]))
        from scheme in Seldom(12, Text(["http", "https"], ["https?"]))
        from authority in Seldom(8, Text(s_hosts, ["catalog(:.*)?"]))
        from port in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Elements(80, 8080, 9999)))
        from headers in Few(6, Header)
        from query in Few(6, Query)
        select new RouteMatch { Path = path, Method = method, Scheme = scheme, Authority = authority, Port = port == 0 ? null : port, Headers = headers, QueryParams = query };

    private static Gen<ModelList<T>> Few<T>(int one, Gen<T> item) =>
        from some in OneIn(one)
        from count in Gen.Choose(1, 2)
        from items in Gen.ListOf(item, some ? count : 0)
        select items.ToModelList();

    /// <summary>Prefixes of one long path, more of them than the index merges at once.</summary>
    private static Gen<RouteMatch> Nested =>
        from depth in Gen.Choose(1, 40)
        from kind in Gen.Elements(MatchKind.Prefix, MatchKind.PathSeparatedPrefix, MatchKind.Exact)
        from headers in Few(2, Header)
        select new RouteMatch { Path = new PathMatch(kind, string.Concat(Enumerable.Repeat("/a", depth))), Headers = headers };

    private static Gen<ServiceModel> Service(Gen<RouteMatch> match) =>
        from count in Gen.Frequency((3, Gen.Choose(0, 12)), (4, Gen.Choose(13, 60)))
        from catchAll in OneIn(4)
        from alternatives in Gen.ListOf(Gen.Frequency((6, Gen.ListOf(match, 1)), (2, Gen.ListOf(match, 2)), (1, Gen.ListOf(match, 4))), count)
        from fallThrough in OneIn(2)
        from rulePorts in Gen.Frequency((6, Gen.Constant<int[]>([])), (1, Gen.Constant<int[]>([8080])))
        from ports in Gen.Elements<ServicePort[]>([], [new(80)], [new(8080)], [new(9000, "tcp", PortProtocol.Tcp), new(8080), new(80)], [new(9000, "tcp", PortProtocol.Tcp), new(8080)])
        select new ServiceModel
        {
            Name = "catalog",
            Hosts = ["catalog"],
            Ports = [.. ports],
            RulePorts = [.. rulePorts],
            FallThrough = fallThrough,
            Rules = alternatives.Select((matches, i) => Rule(i, matches.ToModelList())).Concat(catchAll ? [Rule(count, [])] : []).ToModelList(),
        };

    private static RouteRule Rule(int index, ModelList<RouteMatch> matches) => new()
    {
        Name = "r" + index,
        Index = index,
        Matches = matches,
        Action = new DirectResponseAction { StatusCode = 200 },
    };

    private static Gen<string> QueryText =>
        from count in Gen.Choose(0, 4)
        from pairs in Gen.ListOf(
            from name in Gen.Elements(s_query)
            from value in Gen.Elements([.. s_values, "a b", "ä", "%41"])
            from sign in Gen.Frequency((5, Gen.Constant("=")), (1, Gen.Constant("")))
            select name + (sign.Length > 0 ? sign + value : ""), count)
        from tail in Gen.Frequency((5, Gen.Constant("")), (1, Gen.Constant("#q=a")))
        from mark in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Constant("?")))
        select (count > 0 ? "?" : mark) + string.Join('&', pairs) + tail;

    private static Gen<RequestCase> Request(Gen<string> path) =>
        from method in Gen.Frequency((4, Gen.Constant("GET")), (1, Gen.Elements(s_methods)))
        from scheme in Gen.Frequency((5, Gen.Constant("http")), (1, Gen.Constant("https")))
        from port in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Elements(":80", ":8080", ":9000", ":1234")))
        from text in path
        from query in QueryText
        from host in Seldom(6, Gen.Elements(s_hosts))
        from count in Gen.Choose(0, 3)
        from headers in Gen.ListOf(from name in Gen.Elements("x-a", "X-A", "x-b", "x-user") from value in Gen.Elements(s_values) select (name, value), count)
        select new RequestCase(method, $"{scheme}://catalog{port}{text}{query}", host, [.. headers]);

    private static Gen<RouteCase> Case(Gen<RouteMatch> match, Gen<string> path, int requests) =>
        from service in Service(match)
        from sent in Gen.ListOf(Request(path), requests)
        select new RouteCase(service, [.. sent]);

    /// <summary>Services of every kind.</summary>
    public static Gen<RouteCase> Mixed(int requests) => Case(Match, RequestPath, requests);

    /// <summary>Services whose prefixes contain each other.</summary>
    public static Gen<RouteCase> DeeplyNested(int requests) => Case(
        Gen.Frequency((8, Nested), (1, Match)),
        from depth in Gen.Choose(0, 45)
        from end in Gen.Elements("", "/", "b", "/b", "/..")
        select string.Concat(Enumerable.Repeat("/a", depth)) + (depth == 0 ? "" : end),
        requests);
}
