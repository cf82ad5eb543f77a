namespace Mesh.Testing;

/// <summary>
/// A stream of random numbers fixed by its seed: the same seed gives the same test. Splitmix64 (Steele, Lea and Flood 2014): state is
/// a counter, so threads may draw at once; together they then draw the same numbers, in an order that depends on their timing.
/// </summary>
/// <example><c>Func&lt;ulong&gt; randomness = new SeededRandom(42).NextUInt64;</c></example>
public sealed class SeededRandom
{
    private ulong _state;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(ulong seed)
    {
        Seed = seed;
        _state = seed;
    }

    /// <summary>What the stream was started with; print it when a test fails.</summary>
    public ulong Seed { get; }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="exclusiveMaximum"/> − 1 (Lemire's multiply-shift; bias below 2⁻³²).</summary>
    /// <param name="exclusiveMaximum">A positive number.</param>
    public int NextInt32(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        return (int)(((NextUInt64() >> 32) * (ulong)exclusiveMaximum) >> 32);
    }

    /// <summary>A number in [0, 1), uniform over multiples of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
