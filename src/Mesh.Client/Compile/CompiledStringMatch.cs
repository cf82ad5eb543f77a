// hot path
using System.Text.RegularExpressions;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// A text test ready to run. Expressions must cover the whole value and run in linear time (RE2's promise): <see cref="RegexOptions.NonBacktracking"/>.
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
        // \A(?:…)\z: the whole value, also when the expression has alternatives at its top.
        var regex = kind == MatchKind.Regex ? new Regex($@"\A(?:{value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
        return new CompiledStringMatch(kind, value, ignoreCase, regex);
    }

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
                return _regex!.IsMatch(value);
            default:
                return true;
        }
    }
}
