// hot path
using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// A text test ready to run. Expressions must cover the whole value and run in linear time (RE2's promise); <see cref="Re2"/> sees to that.
/// </summary>
internal sealed class CompiledStringMatch
{
    private readonly MatchKind _kind;
    private readonly string _value;
    private readonly StringComparison _comparison;
    private readonly Regex? _regex;

    private CompiledStringMatch(MatchKind kind, string value, bool ignoreCase, Regex? regex)
    {
        _kind = kind;
        _value = value;
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _regex = regex;
    }

    public MatchKind Kind => _kind;

    public string Value => _value;

    public bool IgnoreCase => _comparison == StringComparison.OrdinalIgnoreCase;

    public static CompiledStringMatch Create(StringMatch match) => Create(match.Kind, match.Value, match.IgnoreCase);

    public static CompiledStringMatch Create(MatchKind kind, string value, bool ignoreCase)
    {
        return new CompiledStringMatch(kind, value, ignoreCase, kind == MatchKind.Regex ? WholeValue(value) : null);
    }

    /// <summary>\A(?:…)\z covers the whole value, also when the expression has alternatives at its top. What is not RE2 was refused with its document; it never matches.</summary>
    private static Regex? WholeValue(string pattern) =>
        Re2.TryTranslate(pattern, out var translated, out _) ? new Regex(@"\A(?:" + translated + @")\z", Re2.Options) : null;

    public bool IsMatch(ReadOnlySpan<char> value)
    {
        switch (_kind)
        {
            case MatchKind.Exact:
                return value.Equals(_value, _comparison);
            case MatchKind.Prefix:
                return value.StartsWith(_value, _comparison);
            case MatchKind.PathSeparatedPrefix:
                var prefix = _value.AsSpan().TrimEnd('/');
                return value.StartsWith(prefix, _comparison) && (value.Length == prefix.Length || value[prefix.Length] == '/');
            case MatchKind.Regex:
                return _regex is not null && _regex.IsMatch(value);
            default:
                return true;
        }
    }
}
