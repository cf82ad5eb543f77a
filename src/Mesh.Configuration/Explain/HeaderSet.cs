using System.Buffers;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>Headers in order, names without case, values in the order they were added.</summary>
internal sealed class HeaderSet
{
    /// <summary>Characters of a header name. Source: RFC 9110 §5.6.2, token.</summary>
    private static readonly SearchValues<char> s_token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly OrderedDictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    public HeaderSet(IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            Add(name, value);
        }
    }

    private HeaderSet(HeaderSet other)
    {
        foreach (var (name, values) in other._values)
        {
            _values.Add(name, [.. values]);
        }
    }

    public HeaderSet Copy() => new(this);

    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>One value as it is, several joined by a comma; null when absent.</summary>
    public string? Value(string name) => _values.TryGetValue(name, out var values) ? Join(name, values) : null;

    public void Remove(string name) => _values.Remove(name);

    /// <summary>Adds a value. What is no header name cannot be sent and is left out.</summary>
    public void Add(string name, string value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(s_token))
        {
            return;
        }

        if (_values.TryGetValue(name, out var values))
        {
            values.Add(value);
        }
        else
        {
            _values.Add(name, [value]);
        }
    }

    /// <summary>
    /// Edits in Envoy's order: all removes, then all overwrites, then all adds. The authority is no header of this set: it cannot be removed, and what sets it
    /// is <see cref="AuthorityOf"/>. Source: ENVOY §20.
    /// </summary>
    public void Apply(HeaderOperations operations)
    {
        foreach (var name in operations.Remove)
        {
            if (!IsAuthority(name))
            {
                Remove(name);
            }
        }

        foreach (var (name, value) in operations.Set)
        {
            if (!IsAuthority(name))
            {
                Remove(name);
                Add(name, value);
            }
        }

        foreach (var (name, value) in operations.Add)
        {
            if (!IsAuthority(name))
            {
                Add(name, value);
            }
        }
    }

    /// <summary>The authority that edits ask for; null when they leave it.</summary>
    public static string? AuthorityOf(HeaderOperations operations)
    {
        foreach (var (name, value) in operations.Set)
        {
            if (IsAuthority(name))
            {
                return value;
            }
        }

        foreach (var (name, value) in operations.Add)
        {
            if (IsAuthority(name))
            {
                return value;
            }
        }

        return null;
    }

    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var result = new OrderedDictionary<string, string>(_values.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in _values)
        {
            result.Add(name, Join(name, values));
        }

        return result;
    }

    private static bool IsAuthority(string name) => name.ToLowerInvariant() is "host" or ":authority";

    // The parts of these two are one value on the wire.
    private static string Join(string name, List<string> values) => values.Count == 1 ? values[0] : string.Join(
        name.ToLowerInvariant() switch { "cookie" => "; ", "user-agent" => " ", _ => "," },
        values);
}
