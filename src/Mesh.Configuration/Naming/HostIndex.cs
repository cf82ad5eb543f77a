using System.Diagnostics.CodeAnalysis;

namespace Mesh.Configuration.Naming;

/// <summary>
/// Values by host, found by the most specific entry that covers a name: the exact one, else the longest wildcard.
/// A wildcard begins at a label, so a name with n labels needs at most n + 1 probes whatever the size of the index.
/// </summary>
/// <typeparam name="T">What is kept for a host.</typeparam>
internal sealed class HostIndex<T>
{
    private readonly Dictionary<string, T> _entries = new(StringComparer.Ordinal);
    private bool _hasWildcards;

    public int Count => _entries.Count;

    /// <summary>Adds a host unless it is there already: the first, the oldest, stays.</summary>
    public bool TryAdd(string host, T value)
    {
        _hasWildcards |= HostName.IsWildcard(host);
        return _entries.TryAdd(host, value);
    }

    public bool TryGetExact(string host, [MaybeNullWhen(false)] out T value) => _entries.TryGetValue(host, out value);

    /// <summary>Finds what covers <paramref name="host"/>, which may itself be a wildcard.</summary>
    public bool TryFind(string host, [MaybeNullWhen(false)] out T value)
    {
        if (_entries.TryGetValue(host, out value))
        {
            return true;
        }

        if (!_hasWildcards)
        {
            return false;
        }

        // The name of a wildcard begins after its star, so that *.a.b is not found under itself twice.
        var from = HostName.IsWildcard(host) ? 2 : 0;
        while (from < host.Length)
        {
            var dot = host.IndexOf('.', from);
            if (dot < 0)
            {
                break;
            }

            if (_entries.TryGetValue(string.Concat("*", host.AsSpan(dot)), out value))
            {
                return true;
            }

            from = dot + 1;
        }

        return _entries.TryGetValue("*", out value);
    }
}
