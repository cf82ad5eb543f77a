using System.Globalization;

namespace Mesh.Peers.Processes;

/// <summary>
/// CPU time of processes from /proc/PID/stat (utime + stime, all threads, clock ticks of 10 ms on every Linux that .NET runs on).
/// A slice uses seconds of CPU, so a tick is well under one per cent of it.
/// </summary>
internal static class CpuTime
{
    private const double SecondsPerTick = 0.01;

    /// <summary>Seconds used so far by the processes together; one that is gone counts as zero.</summary>
    public static double Of(ReadOnlySpan<int> pids)
    {
        var seconds = 0.0;
        foreach (var pid in pids)
        {
            seconds += Read(pid)?.Seconds ?? 0;
        }

        return seconds;
    }

    /// <summary>The process and all its descendants: nginx forks workers, wrappers fork the program.</summary>
    public static int[] Tree(int root)
    {
        var parents = All();
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(parents.Where(p => p.Value.Parent == tree[i]).Select(static p => p.Key));
        }

        return [.. tree];
    }

    /// <summary>CPU seconds used so far by every process except the tree of this one: the neighbours who disturb a measurement.</summary>
    public static Dictionary<int, double> Neighbours()
    {
        var ours = Tree(Environment.ProcessId).ToHashSet();
        return All().Where(p => !ours.Contains(p.Key)).ToDictionary(static p => p.Key, static p => p.Value.Seconds);
    }

    private static Dictionary<int, (int Parent, double Seconds)> All()
    {
        var all = new Dictionary<int, (int, double)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Read(pid) is { } stat)
            {
                all[pid] = stat;
            }
        }

        return all;
    }

    private static (int Parent, double Seconds)? Read(int pid)
    {
        try
        {
            // "pid (name) state ppid …": the name may hold spaces and brackets, so fields are counted from the last bracket.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), ticks * SecondsPerTick);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // It ended between the listing and the read.
        }
    }
}
