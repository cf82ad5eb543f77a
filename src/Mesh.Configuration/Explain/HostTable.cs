namespace Mesh.Configuration.Explain;

/// <summary>Whom a host name belongs to: the exact host, then the longest wildcard, then <c>*</c>; of equals the first. Source: ENVOY §20.</summary>
internal sealed class HostTable<T>
    where T : class
{
    private readonly Dictionary<string, T> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Suffix, T Owner)> _wildcards = [];
    private T? _any;

    public void Add(string host, T owner)
    {
        if (host == "*")
        {
            _any ??= owner;
        }
        else if (host.StartsWith('*'))
        {
            _wildcards.Add((host[1..], owner));
        }
        else
        {
            _exact.TryAdd(host, owner);
        }
    }

    public T? Find(string host)
    {
        if (_exact.TryGetValue(host, out var owner))
        {
            return owner;
        }

        (string Suffix, T Owner)? best = null;
        foreach (var wildcard in _wildcards)
        {
            // A wildcard stands for at least one character.
            if (host.Length > wildcard.Suffix.Length && host.EndsWith(wildcard.Suffix, StringComparison.OrdinalIgnoreCase)
                && wildcard.Suffix.Length > (best?.Suffix.Length ?? -1))
            {
                best = wildcard;
            }
        }

        return best?.Owner ?? _any;
    }
}
