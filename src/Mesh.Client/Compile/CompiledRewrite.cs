using System.Text;
using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// Change of path and authority. On a prefix match only the prefix is swapped, on an exact or regex match the whole path; a rule without a path
/// condition counts as prefix <c>/</c>; a regex rewrite wins over a plain one; the query survives. Source: ISTIO §2 Rewrite, ENVOY §20.
/// </summary>
internal sealed partial class CompiledRewrite
{
    private readonly string? _path;
    private readonly string? _fullPath;
    private readonly Regex? _pattern;
    private readonly string? _substitution;

    public CompiledRewrite(Rewrite rewrite)
    {
        Authority = rewrite.Authority;
        _path = rewrite.Path;
        _fullPath = rewrite.FullPath;
        if (rewrite.RegexPattern is { } pattern && Re2.TryTranslate(pattern, out var translated, out _))
        {
            _pattern = new Regex(translated, Re2.Options);

            // RE2 writes groups as \1, .NET as ${1}; a dollar of the text must stay one.
            _substitution = GroupReference().Replace((rewrite.RegexSubstitution ?? "").Replace("$", "$$", StringComparison.Ordinal), "$${$1}").Replace(@"\\", @"\", StringComparison.Ordinal);
        }
    }

    public string? Authority { get; }

    public bool ChangesPath => _pattern is not null || _fullPath is not null || _path is not null;

    /// <summary>The new path for a request path without query; the same text when nothing changes.</summary>
    public string RewritePath(string path, CompiledStringMatch? matched)
    {
        if (_pattern is not null)
        {
            return _pattern.Replace(path, _substitution!);
        }

        return _fullPath ?? (_path is null ? path : ReplaceMatched(path, matched, _path));
    }

    /// <summary>Replaces the part of a path that a condition matched.</summary>
    public static string ReplaceMatched(string path, CompiledStringMatch? matched, string replacement)
    {
        switch (matched?.Kind)
        {
            case MatchKind.Exact or MatchKind.Regex:
                return replacement;
            case MatchKind.PathSeparatedPrefix:
                return ReplaceSegments(path, matched.Value.TrimEnd('/'), replacement);
            default:
                var prefix = matched?.Value ?? "/";
                return new StringBuilder(replacement, replacement.Length + path.Length).Append(path.AsSpan(Math.Min(prefix.Length, path.Length))).ToString();
        }
    }

    /// <summary>Gateway API: what remains keeps its slash, and a rewrite to <c>/</c> removes the prefix (GATEWAY_API §6).</summary>
    private static string ReplaceSegments(string path, string prefix, string replacement)
    {
        var rest = path[prefix.Length..];
        var result = replacement.TrimEnd('/') + rest;
        return result.Length == 0 || result[0] != '/' ? "/" + result : result;
    }

    [GeneratedRegex(@"\\(\d)")]
    private static partial Regex GroupReference();
}
