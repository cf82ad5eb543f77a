using Mesh.Model;

namespace Mesh.PropertyTests.Explaining;

/// <summary>Random choices from a seed. Plain and fast: a hundred thousand cases are made in a run.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>True for one in so many.</summary>
    public bool OneIn(int count) => _random.Next(count) == 0;

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public T Of<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    public ModelList<T> Some<T>(int least, int most, Func<T> item)
    {
        var items = new T[Between(least, most)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = item();
        }

        return items.ToModelList();
    }
}
