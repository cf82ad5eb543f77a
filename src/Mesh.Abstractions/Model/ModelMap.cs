using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Mesh.Model;

/// <summary>
/// An immutable map with ordinal string keys that compares by its entries whatever their order; see <see cref="ModelList{T}"/> for why.
/// Entries enumerate in ordinal key order, so two equal maps also print and lower the same.
/// </summary>
/// <typeparam name="TValue">Value type; its equality takes part in the equality of the map.</typeparam>
public sealed class ModelMap<TValue> : IReadOnlyCollection<KeyValuePair<string, TValue>>, IEquatable<ModelMap<TValue>>
{
    private readonly KeyValuePair<string, TValue>[] _entries;
    private int _hash;

    internal ModelMap(KeyValuePair<string, TValue>[] sortedEntries) => _entries = sortedEntries;

    /// <summary>The map without entries.</summary>
    public static ModelMap<TValue> Empty { get; } = new([]);

    /// <summary>Number of entries.</summary>
    public int Count => _entries.Length;

    /// <summary>Looks a key up; maps in the model are small, so this is a scan without hashing for up to eight entries and a binary search beyond.</summary>
    /// <param name="key">The key, compared ordinally.</param>
    /// <param name="value">The value, when the key is there.</param>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        int low = 0, high = _entries.Length - 1;
        if (high < 8)
        {
            foreach (var entry in _entries)
            {
                if (string.Equals(entry.Key, key, StringComparison.Ordinal))
                {
                    value = entry.Value;
                    return true;
                }
            }

            value = default;
            return false;
        }

        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_entries[middle].Key, key);
            if (order == 0)
            {
                value = _entries[middle].Value;
                return true;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The value of <paramref name="key"/>, or the default of its type.</summary>
    /// <param name="key">The key, compared ordinally.</param>
    public TValue? GetValueOrDefault(string key) => TryGetValue(key, out var value) ? value : default;

    /// <summary>Enumerates the entries in ordinal key order.</summary>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, TValue>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <inheritdoc />
    public bool Equals(ModelMap<TValue>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other._entries.Length != _entries.Length || GetHashCode() != other.GetHashCode())
        {
            return false;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            if (!string.Equals(_entries[i].Key, other._entries[i].Key, StringComparison.Ordinal)
                || !EqualityComparer<TValue>.Default.Equals(_entries[i].Value, other._entries[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ModelMap<TValue>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = default(HashCode);
            foreach (var (key, value) in _entries)
            {
                hash.Add(key, StringComparer.Ordinal);
                hash.Add(value);
            }

            var code = hash.ToHashCode();
            _hash = code == 0 ? 1 : code;
        }

        return _hash;
    }

    /// <inheritdoc />
    public override string ToString() => "{" + string.Join(", ", _entries.Select(static e => $"{e.Key}={e.Value}")) + "}";
}

/// <summary>Builds <see cref="ModelMap{TValue}"/>.</summary>
public static class ModelMap
{
    /// <summary>Copies entries into a map; of two entries with the same key the later one stays.</summary>
    /// <typeparam name="TValue">Value type.</typeparam>
    /// <param name="entries">The entries in any order; null counts as empty.</param>
    public static ModelMap<TValue> ToModelMap<TValue>(this IEnumerable<KeyValuePair<string, TValue>>? entries)
    {
        switch (entries)
        {
            case null:
                return ModelMap<TValue>.Empty;
            case ModelMap<TValue> map:
                return map;
        }

        var sorted = new SortedDictionary<string, TValue>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            sorted[key] = value;
        }

        return sorted.Count == 0 ? ModelMap<TValue>.Empty : new ModelMap<TValue>([.. sorted]);
    }

    /// <summary>A map of the given pairs: <c>ModelMap.Of(("app", "catalog"), ("version", "v1"))</c>.</summary>
    /// <typeparam name="TValue">Value type.</typeparam>
    /// <param name="entries">The entries in any order.</param>
    public static ModelMap<TValue> Of<TValue>(params ReadOnlySpan<(string Key, TValue Value)> entries)
    {
        var list = new List<KeyValuePair<string, TValue>>(entries.Length);
        foreach (var (key, value) in entries)
        {
            list.Add(new(key, value));
        }

        return list.ToModelMap();
    }
}
