using System.Diagnostics;

namespace Mesh.FunctionalTests;

/// <summary>Waits for what real processes and sockets do in their own time; fails when it does not come.</summary>
internal static class Eventually
{
    /// <summary>Looks every few milliseconds until the condition holds.</summary>
    public static async Task BecomesTrueAsync(Func<bool> condition, string what, TimeSpan? timeout = null)
    {
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > limit)
            {
                Assert.Fail($"Within {limit.TotalSeconds} s it did not come true that {what}.");
            }

            await Task.Delay(5);
        }
    }
}
