using System.Diagnostics;

namespace Mesh.PropertyTests.Fuzzing;

/// <summary>How much is fuzzed, and how long one document may take.</summary>
internal static class Fuzz
{
    /// <summary>What a document of 64 KiB may take at most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    public static bool IsExhaustive => Environment.GetEnvironmentVariable("MESH_EXHAUSTIVE") == "1";

    /// <summary>A tenth in an ordinary run, all of them under <c>MESH_EXHAUSTIVE=1</c>.</summary>
    public static int Count(int all) => IsExhaustive ? all : all / 10;

    /// <summary>
    /// Runs an action and says how long it took at best. A machine that is busy with something else, or a compiler that is not through yet, makes some runs slow, not eight;
    /// an action that is slow by itself is slow each time.
    /// </summary>
    public static TimeSpan Time(Action action)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 8 && best > Patience; i++)
        {
            var started = Stopwatch.GetTimestamp();
            action();
            var took = Stopwatch.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        return best;
    }
}
