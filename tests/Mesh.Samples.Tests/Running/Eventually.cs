namespace Mesh.Samples.Tests.Running;

/// <summary>Waits for something that another process will do, with a limit.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again and again until the answer is not null; fails with <paramref name="what"/> when the time is up.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask, string what)
        where T : class
    {
        using var timer = new PeriodicTimer(s_between);
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Limit)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            await timer.WaitForNextTickAsync();
        }

        throw new TimeoutException($"{what}: not within {Limit.TotalSeconds:0} s.");
    }

    public static Task IsTrueAsync(Func<Task<bool>> ask, string what) => GetAsync(async () => await ask() ? "yes" : null, what);
}
