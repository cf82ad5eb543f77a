namespace Mesh.Client.Transport;

/// <summary>
/// One object for equal values, for as long as somebody holds it. Values that nobody holds any more are forgotten, so a configuration that changes a
/// thousand times leaves one entry and not a thousand. Not for the request path: it takes a lock.
/// </summary>
/// <typeparam name="T">An immutable type that compares by value.</typeparam>
internal sealed class WeakInterner<T>
    where T : class
{
    private const int SmallestSweep = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<WeakReference<T>>> _byHash = [];
    private int _count;
    private int _sweepAt = SmallestSweep;

    /// <summary>Entries, those included whose value is gone and has not been swept yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>The object that stands for the value.</summary>
    public T Intern(T value)
    {
        var hash = value.GetHashCode();
        lock (_gate)
        {
            if (!_byHash.TryGetValue(hash, out var bucket))
            {
                _byHash[hash] = bucket = [];
            }

            foreach (var reference in bucket)
            {
                if (reference.TryGetTarget(out var known) && known.Equals(value))
                {
                    return known;
                }
            }

            bucket.Add(new WeakReference<T>(value));
            if (++_count >= _sweepAt)
            {
                Sweep();
            }

            return value;
        }
    }

    /// <summary>The next one comes when the entries have doubled, so sweeping costs each entry a constant.</summary>
    private void Sweep()
    {
        _count = 0;
        foreach (var (hash, bucket) in _byHash)
        {
            bucket.RemoveAll(static reference => !reference.TryGetTarget(out _));
            _count += bucket.Count;
            if (bucket.Count == 0)
            {
                _byHash.Remove(hash);
            }
        }

        _sweepAt = Math.Max(SmallestSweep, _count * 2);
    }
}
