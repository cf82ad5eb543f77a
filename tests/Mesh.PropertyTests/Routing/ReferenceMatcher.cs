using System.Text.RegularExpressions;
using Mesh.Model;

namespace Mesh.PropertyTests.Routing;

/// <summary>
/// The model's documentation as a program: slow, without tricks, and written without looking at the compiled matcher.
/// The first rule of which any alternative holds in all its conditions decides.
/// </summary>
internal sealed class ReferenceMatcher(ServiceModel service)
{
    /// <summary>Name of the rule that decides, <c>default</c> for the service's own cluster, <c>-</c> for none; and the alternative that held.</summary>
    public (string Rule, RouteMatch? Match) Match(RequestCase request)
    {
        var uri = new Uri(request.Uri);
        var port = PortOf(uri);
        var governed = service.RulePorts.Count == 0 || service.RulePorts.Contains(port);
        foreach (var rule in governed ? service.Rules : [])
        {
            if (rule.Matches.Count == 0)
            {
                return (rule.Name, null);
            }

            foreach (var match in rule.Matches)
            {
                if ((match.Port is null || match.Port == port) && Holds(match, request, uri))
                {
                    return (rule.Name, match);
                }
            }
        }

        return (!governed || service.FallThrough || service.Rules.Count == 0 ? "default" : "-", null);
    }

    /// <summary>A declared number is meant; without a number in the URI the only port, or the first that speaks HTTP; an undeclared number means itself.</summary>
    private int PortOf(Uri uri)
    {
        if (service.Ports.Any(p => p.Number == uri.Port) || !uri.IsDefaultPort || service.Ports.Count == 0)
        {
            return uri.Port;
        }

        return (service.Ports.Count == 1 ? service.Ports[0] : service.Ports.FirstOrDefault(static p => p.Protocol is PortProtocol.Http or PortProtocol.Http2 or PortProtocol.Grpc) ?? service.Ports[0]).Number;
    }

    private static bool Holds(RouteMatch match, RequestCase request, Uri uri) =>
        (match.Path is null || PathHolds(match.Path, uri.AbsolutePath))
        && (match.Method is null || Holds(match.Method, request.Method))
        && (match.Scheme is null || Holds(match.Scheme, uri.Scheme))
        && (match.Authority is null || Holds(match.Authority, request.Host ?? uri.Authority))
        && match.Headers.All(h => HeaderHolds(h, HeaderOf(h.Name, request, uri)))
        && match.QueryParams.All(q => FirstValue(uri.Query, q.Name) is { } value && Holds(q.Value, value));

    private static bool PathHolds(PathMatch match, string path)
    {
        if (match.Kind != MatchKind.PathSeparatedPrefix)
        {
            return Holds(new StringMatch(match.Kind, match.Value, match.IgnoreCase), path);
        }

        var comparison = match.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var prefix = match.Value.TrimEnd('/');
        return path.Equals(prefix, comparison) || path.StartsWith(prefix + "/", comparison);
    }

    private static bool Holds(StringMatch match, string value)
    {
        var comparison = match.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return match.Kind switch
        {
            MatchKind.Exact => value.Equals(match.Value, comparison),
            MatchKind.Prefix => value.StartsWith(match.Value, comparison),
            MatchKind.Regex => Regex.IsMatch(value, @"\A(" + match.Value + @")\z", RegexOptions.CultureInvariant),
            _ => true,
        };
    }

    private static bool HeaderHolds(HeaderMatch match, string? value)
    {
        if (match.Value.Kind == MatchKind.Present)
        {
            return value is not null != match.Invert;
        }

        return match.Invert ? !Holds(match.Value, value ?? "") : value is not null && Holds(match.Value, value);
    }

    private static string? HeaderOf(string name, RequestCase request, Uri uri)
    {
        switch (name)
        {
            case ":path":
                return uri.PathAndQuery;
            case ":method":
                return request.Method;
            case ":authority":
                return request.Host ?? uri.Authority;
            case ":scheme":
                return uri.Scheme;
        }

        var values = request.Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static h => h.Value).ToArray();
        return values.Length > 0 ? string.Join(',', values)
            : name.Equals("host", StringComparison.OrdinalIgnoreCase) ? request.Host ?? uri.Authority
            : null;
    }

    private static string? FirstValue(string query, string name)
    {
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            var parts = pair.Split('=', 2);
            if (parts[0] == name)
            {
                return parts.Length == 2 ? parts[1] : "";
            }
        }

        return null;
    }
}
