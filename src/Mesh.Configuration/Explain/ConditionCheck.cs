using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>Tests the conditions of an alternative one after the other and says in words which was the first to fail. Source: ISTIO §2, ENVOY §20.</summary>
internal sealed class ConditionCheck
{
    // An expression costs far more to build than to run, and a tool asks the same ones again and again.
    private readonly Dictionary<string, Regex?> _expressions = new(StringComparer.Ordinal);

    /// <summary>Null when every condition holds.</summary>
    public string? FirstFailure(RouteMatch match, RequestFacts request)
    {
        if (match.Port is { } port && port != request.Port)
        {
            return $"port: {port} ≠ {request.Port}";
        }

        if (match.Path is { } path && !PathHolds(path, request.Path))
        {
            return $"path: {Describe(path.Kind, path.Value, path.IgnoreCase)} ≠ {Quote(request.Path)}";
        }

        return TextFailure("method", match.Method, request.Method)
            ?? TextFailure("scheme", match.Scheme, request.Scheme)
            ?? TextFailure("authority", match.Authority, request.Authority)
            ?? HeaderFailure(match, request)
            ?? QueryFailure(match, request);
    }

    private string? TextFailure(string what, StringMatch? match, string? value) =>
        match is null || (value is not null && Holds(match, value)) ? null : $"{what}: {Describe(match)} ≠ {Quote(value)}";

    private string? HeaderFailure(RouteMatch match, RequestFacts request)
    {
        foreach (var header in match.Headers)
        {
            var value = request.Header(header.Name);
            var failure = header.Invert ? UnwantedHeader(header, value) : TextFailure("header " + header.Name, header.Value, value);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>withoutHeaders: the test must not hold, and an absent header reads as the empty text unless the test is for presence.</summary>
    private string? UnwantedHeader(HeaderMatch header, string? value)
    {
        if (header.Value.Kind == MatchKind.Present)
        {
            return value is null ? null : $"header {header.Name}: must be absent, is {Quote(value)}";
        }

        return !Holds(header.Value, value ?? "") ? null
            : $"header {header.Name}: must not be {Describe(header.Value)}, is {(value is null ? "absent, which reads as \"\"" : Quote(value))}";
    }

    private string? QueryFailure(RouteMatch match, RequestFacts request)
    {
        foreach (var parameter in match.QueryParams)
        {
            if (TextFailure("query parameter " + parameter.Name, parameter.Value, request.QueryParameter(parameter.Name)) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private bool PathHolds(PathMatch match, string path)
    {
        if (match.Kind != MatchKind.PathSeparatedPrefix)
        {
            return Holds(new StringMatch(match.Kind, match.Value, match.IgnoreCase), path);
        }

        var comparison = match.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var prefix = match.Value.TrimEnd('/');
        return path.Equals(prefix, comparison) || path.StartsWith(prefix + "/", comparison);
    }

    public bool Holds(StringMatch match, string value)
    {
        var comparison = match.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return match.Kind switch
        {
            MatchKind.Exact => value.Equals(match.Value, comparison),
            MatchKind.Prefix => value.StartsWith(match.Value, comparison),
            MatchKind.Regex => Expression(match.Value)?.IsMatch(value) ?? false,
            _ => true,
        };
    }

    /// <summary>The expression over the whole value; null for one that is not RE2, which never matches.</summary>
    private Regex? Expression(string pattern)
    {
        if (!_expressions.TryGetValue(pattern, out var expression))
        {
            expression = Re2.TryTranslate(pattern, out var translated, out _) ? new Regex($@"\A(?:{translated})\z", Re2.Options) : null;
            _expressions.Add(pattern, expression);
        }

        return expression;
    }

    private static string Describe(StringMatch match) => Describe(match.Kind, match.Value, match.IgnoreCase);

    private static string Describe(MatchKind kind, string value, bool ignoreCase)
    {
        var text = kind switch
        {
            MatchKind.Present => "present",
            MatchKind.PathSeparatedPrefix => $"prefix \"{value}\" by segments",
            _ => $"{kind.ToString().ToLowerInvariant()} \"{value}\"",
        };
        return ignoreCase && kind is not (MatchKind.Present or MatchKind.Regex) ? text + " without case" : text;
    }

    private static string Quote(string? value) => value is null ? "absent" : $"\"{value}\"";
}
