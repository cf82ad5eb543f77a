using Mesh.Balancing;

namespace Mesh.Client.Balancing;

/// <summary>Where the request path draws its randomness from, so that tests can repeat it.</summary>
internal abstract class RandomSource
{
    /// <summary>The source of a running process: one generator per thread, so that threads share no cache line.</summary>
    public static RandomSource PerThread { get; } = new ThreadLocalSource();

    /// <summary>A fresh number, uniform over 64 bits.</summary>
    public abstract ulong Next();

    /// <summary>True for <paramref name="percent"/> of the draws; resolution one millionth, as Envoy's MILLION denominator.</summary>
    public bool Hits(double percent)
    {
        if (percent <= 0)
        {
            return false;
        }

        return percent >= 100 || Next() % 1_000_000 < (ulong)(percent * 10_000);
    }

    private sealed class ThreadLocalSource : RandomSource
    {
        [ThreadStatic]
        private static ulong t_state;

        public override ulong Next()
        {
            if (t_state == 0)
            {
                // A GUID is as random as a seed needs to be. RandomNumberGenerator would load OpenSSL, 4 MB, into a process that may have no other use for it.
                t_state = (ulong)Guid.NewGuid().GetHashCode() << 32 | (uint)Guid.NewGuid().GetHashCode() | 1;
            }

            var context = new PickContext(t_state);
            var value = context.NextRandom();
            t_state += 0x9E3779B97F4A7C15;
            return value;
        }
    }
}

/// <summary>A repeatable source for tests and simulations; safe to share between threads (the sequence is then shared too).</summary>
internal sealed class SeededRandomSource(ulong seed) : RandomSource
{
    private ulong _state = seed;

    public override ulong Next() => new PickContext(Interlocked.Add(ref _state, 0x9E3779B97F4A7C15)).NextRandom();
}
