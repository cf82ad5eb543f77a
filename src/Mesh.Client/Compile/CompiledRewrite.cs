using System.Text;
using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// Change of path and authority. On a prefix match only the prefix is swapped, on an exact or regex match the whole path; a rule without a path
/// condition counts as prefix <c>/</c>; a regex rewrite wins over a plain one; the query survives. Source: ISTIO §2 Rewrite, ENVOY §20.
/// </summary>
internal sealed class CompiledRewrite
{
    private readonly string? _path;
    private readonly string? _fullPath;
    private readonly Regex? _pattern;
    private readonly string? _substitution;

    public CompiledRewrite(Rewrite rewrite)
    {
        Authority = rewrite.Authority;
        _path = rewrite.Path;
        _fullPath = rewrite.FullPath is { } full ? Rooted(full) : null;
        if (rewrite.RegexPattern is { } pattern && Re2.TryTranslate(pattern, out var translated, out _))
        {
            _pattern = new Regex(translated, Re2.Options);
            _substitution = TranslateSubstitution(rewrite.RegexSubstitution ?? "");
        }
    }

    public string? Authority { get; }

    /// <summary>False when only the authority is changed.</summary>
    public bool ChangesPath => _pattern is not null || _fullPath is not null || _path is not null;

    /// <summary>The new path for a request path without query; the same text when nothing changes.</summary>
    public string RewritePath(string path, CompiledStringMatch? matched)
    {
        if (_pattern is not null)
        {
            return Rooted(_pattern.Replace(path, _substitution!));
        }

        return _fullPath is not null ? Rooted(_fullPath) : _path is null ? path : ReplaceMatched(path, matched, _path);
    }

    /// <summary>Replaces the part of a path that a condition matched.</summary>
    public static string ReplaceMatched(string path, CompiledStringMatch? matched, string replacement)
    {
        switch (matched?.Kind)
        {
            case MatchKind.Exact or MatchKind.Regex:
                return Rooted(replacement);
            case MatchKind.PathSeparatedPrefix:
                // What remains keeps its slash, so that a rewrite to / removes the prefix (GATEWAY_API §6).
                return Rooted(replacement.TrimEnd('/') + path[matched.Value.TrimEnd('/').Length..]);
            default:
                var prefix = matched?.Value ?? "/";
                return Rooted(string.Concat(replacement, path.AsSpan(Math.Min(prefix.Length, path.Length))));
        }
    }

    /// <summary>A path on the wire begins with a slash; without one the end of the host would run on into it.</summary>
    private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    /// <summary>RE2's replacement text in .NET's: groups are <c>\1</c> there and <c>${1}</c> here, <c>\\</c> is a backslash, and a dollar means itself.</summary>
    private static string TranslateSubstitution(string text)
    {
        var translated = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '$')
            {
                translated.Append("$$");
            }
            else if (text[i] == '\\' && (next == '\\' || char.IsAsciiDigit(next)))
            {
                _ = next == '\\' ? translated.Append(next) : translated.Append("${").Append(next).Append('}');
                i++;
            }
            else
            {
                translated.Append(text[i]);
            }
        }

        return translated.ToString();
    }
}
