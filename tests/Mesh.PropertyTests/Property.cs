using FsCheck;
using FsCheck.Fluent;

namespace Mesh.PropertyTests;

/// <summary>
/// Runs a property on random cases from a fixed seed, so that a build that was green stays green; FsCheck prints the seed, the case and its shrunk form
/// when one fails. <c>MESH_PROPERTY_SEED</c> sets another seed, <c>MESH_SOAK=1</c> runs many more cases.
/// </summary>
internal static class Property
{
    private const ulong FixedSeed = 20_261_125;

    public static bool IsSoak => Environment.GetEnvironmentVariable("MESH_SOAK") == "1";

    /// <summary>Checks a property.</summary>
    /// <param name="cases">Makes cases.</param>
    /// <param name="property">Throws when the property does not hold for a case.</param>
    /// <param name="runs">Cases of an ordinary run.</param>
    /// <param name="soakRuns">Cases under <c>MESH_SOAK=1</c>; 0: fifty times as many.</param>
    /// <param name="shrink">Simpler cases to try when one fails.</param>
    public static void ForAll<T>(Gen<T> cases, Action<T> property, int runs, int soakRuns = 0, Func<T, IEnumerable<T>>? shrink = null)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("MESH_PROPERTY_SEED"), out var given) ? given : FixedSeed;
        var configuration = Config.QuickThrowOnFailure
            .WithMaxTest(!IsSoak ? runs : soakRuns > 0 ? soakRuns : runs * 50)
            .WithStartSize(1)
            .WithEndSize(60)
            .WithQuietOnSuccess(true)
            .WithReplay(new FsCheck.Replay(new Rnd(seed, (seed * 2) + 1), null));
        Check.One(configuration, Prop.ForAll(Arb.From(cases, shrink ?? (static _ => [])), property));
    }

    /// <summary>Fails the case. An exception, not an NUnit assertion: what shrinking tries out must leave no trace in the result.</summary>
    public static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new PropertyViolatedException(message);
        }
    }
}

/// <summary>A property did not hold.</summary>
internal sealed class PropertyViolatedException(string message) : Exception(message);
