// hot path
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mesh.Client.Telemetry;

/// <summary>Tags of one measurement on the stack; a TagList would allocate beyond eight.</summary>
internal struct TagBuffer
{
    private Buffer _tags;
    private int _count;

    public void Add(string name, object? value) => _tags[_count++] = new KeyValuePair<string, object?>(name, value);

    public void AddRange(KeyValuePair<string, object?>[] tags)
    {
        foreach (var tag in tags)
        {
            _tags[_count++] = tag;
        }
    }

    [UnscopedRef]
    public readonly ReadOnlySpan<KeyValuePair<string, object?>> AsSpan() => ((ReadOnlySpan<KeyValuePair<string, object?>>)_tags)[.._count];

    [InlineArray(Capacity)]
    private struct Buffer
    {
        public const int Capacity = 14;
        private KeyValuePair<string, object?> _first;
    }
}
