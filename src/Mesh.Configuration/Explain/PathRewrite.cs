using System.Text;
using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// New paths. On a prefix match only the prefix is swapped, on an exact or regex match the whole path; without a path condition the rule counts as prefix
/// <c>/</c>; segment prefixes keep their slash; an expression wins over a plain rewrite and replaces every place it is found. Source: ISTIO §2 Rewrite,
/// GATEWAY_API §6, ENVOY §20.
/// </summary>
internal sealed class PathRewrite
{
    private readonly Dictionary<string, Regex?> _expressions = new(StringComparer.Ordinal);

    /// <summary>False when only the authority is changed.</summary>
    public static bool ChangesPath(Rewrite? rewrite) => rewrite is { Path: not null } or { FullPath: not null } or { RegexPattern: not null };

    /// <summary>The path after a rewrite, without query unless the rewrite brings one.</summary>
    public string Apply(Rewrite rewrite, string path, PathMatch? matched)
    {
        if (rewrite.RegexPattern is { } pattern && Expression(pattern) is { } expression)
        {
            return Rooted(expression.Replace(path, found => Substitute(rewrite.RegexSubstitution ?? "", found)));
        }

        return rewrite.FullPath is { } full ? Rooted(full) : rewrite.Path is null ? path : ReplaceMatched(path, matched, rewrite.Path);
    }

    /// <summary>Replaces the part of a path that a condition matched.</summary>
    public static string ReplaceMatched(string path, PathMatch? matched, string replacement)
    {
        switch (matched?.Kind)
        {
            case MatchKind.Exact or MatchKind.Regex:
                return Rooted(replacement);
            case MatchKind.PathSeparatedPrefix:
                // What remains begins with a slash or is empty, so the replacement must not end with one.
                var rest = path[matched.Value.TrimEnd('/').Length..];
                return Rooted(replacement.TrimEnd('/') + rest);
            default:
                var prefix = matched?.Value ?? "/";
                return Rooted(replacement + path[Math.Min(prefix.Length, path.Length)..]);
        }
    }

    /// <summary>A path on the wire begins with a slash.</summary>
    private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    /// <summary>RE2's replacement texts: <c>\0</c>–<c>\9</c> are groups, <c>\\</c> is a backslash.</summary>
    private static string Substitute(string substitution, Match found)
    {
        var result = new StringBuilder();
        for (var i = 0; i < substitution.Length; i++)
        {
            var next = i + 1 < substitution.Length ? substitution[i + 1] : '\0';
            if (substitution[i] != '\\' || (next != '\\' && !char.IsAsciiDigit(next)))
            {
                result.Append(substitution[i]);
                continue;
            }

            result.Append(next == '\\' ? "\\" : found.Groups[next - '0'].Value);
            i++;
        }

        return result.ToString();
    }

    private Regex? Expression(string pattern)
    {
        if (!_expressions.TryGetValue(pattern, out var expression))
        {
            expression = Re2.TryTranslate(pattern, out var translated, out _) ? new Regex(translated, Re2.Options) : null;
            _expressions.Add(pattern, expression);
        }

        return expression;
    }
}
