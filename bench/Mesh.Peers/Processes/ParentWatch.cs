namespace Mesh.Peers.Processes;

/// <summary>The child's side of <see cref="ChildProcess"/>: leave when the parent's pipe closes, and never stay longer than an hour.</summary>
internal static class ParentWatch
{
    public static void ExitWithParent()
    {
        var watch = new Thread(static () =>
        {
            while (Console.In.ReadLine() is not null)
            {
            }

            Environment.Exit(0);
        })
        { IsBackground = true, Name = "parent watch" };
        watch.Start();
        LimitLife();
    }

    /// <summary>For children that read commands from their input themselves.</summary>
    public static void LimitLife()
    {
        var limit = new Thread(static () =>
        {
            Thread.Sleep(TimeSpan.FromHours(1));
            Environment.Exit(3);
        })
        { IsBackground = true, Name = "life limit" };
        limit.Start();
    }
}
