using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Mesh.Model;

/// <summary>
/// An immutable list that compares by its elements, so that a model record which holds one compares by value.
/// The compiler of a snapshot reuses whatever compares equal to the previous model, which makes a reload touch only what changed.
/// </summary>
/// <typeparam name="T">Element type; its equality decides the equality of the list.</typeparam>
[CollectionBuilder(typeof(ModelList), nameof(ModelList.Create))]
public sealed class ModelList<T> : IReadOnlyList<T>, IEquatable<ModelList<T>>
{
    private readonly ImmutableArray<T> _items;
    private int _hash;

    internal ModelList(ImmutableArray<T> items) => _items = items;

    /// <summary>The list without elements.</summary>
    public static ModelList<T> Empty { get; } = new([]);

    /// <summary>Number of elements.</summary>
    public int Count => _items.Length;

    /// <summary>The element at <paramref name="index"/>.</summary>
    /// <param name="index">Zero-based position.</param>
    /// <exception cref="IndexOutOfRangeException">The position is outside the list.</exception>
    public T this[int index] => _items[index];

    /// <summary>The elements as a span, without copying.</summary>
    public ReadOnlySpan<T> AsSpan() => _items.AsSpan();

    /// <summary>Enumerates without allocating.</summary>
    public ImmutableArray<T>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_items).GetEnumerator();

    /// <inheritdoc />
    public bool Equals(ModelList<T>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return other is not null && GetHashCode() == other.GetHashCode() && _items.AsSpan().SequenceEqual(other._items.AsSpan(), EqualityComparer<T>.Default);
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ModelList<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = default(HashCode);
            foreach (var item in _items)
            {
                hash.Add(item);
            }

            var code = hash.ToHashCode();
            _hash = code == 0 ? 1 : code;
        }

        return _hash;
    }

    /// <inheritdoc />
    public override string ToString() => "[" + string.Join(", ", _items) + "]";
}

/// <summary>Builds <see cref="ModelList{T}"/>: <c>ModelList&lt;int&gt; codes = [503, 504];</c></summary>
public static class ModelList
{
    /// <summary>Copies <paramref name="items"/> into a list; the target of collection expressions.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="items">The elements in order.</param>
    public static ModelList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ModelList<T>.Empty : new ModelList<T>([.. items]);

    /// <summary>Copies a sequence into a list.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="items">The elements in order; null counts as empty.</param>
    public static ModelList<T> ToModelList<T>(this IEnumerable<T>? items) => items switch
    {
        null => ModelList<T>.Empty,
        ModelList<T> list => list,
        List<T> { Count: > 0 } list => new ModelList<T>([.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list)]),
        _ => new ModelList<T>([.. items]),
    };
}
