using System.Diagnostics;
using System.Reflection;

namespace Mesh.Peers.Processes;

/// <summary>
/// A process of the run. Every child ends when its standard input closes, so that none outlives this program however it dies
/// (Ctrl-C, a crash, kill -9): the kernel closes the pipe. Disposing waits briefly for that, then kills.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _name;

    private ChildProcess(string name, ProcessStartInfo start)
    {
        _name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    public int Id => _process.Id;

    /// <summary>This program again, with a child command.</summary>
    public static ChildProcess StartSelf(string[] arguments, bool spin, Action<ProcessStartInfo>? configure = null)
    {
        var host = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        var start = new ProcessStartInfo(host);
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        if (!spin)
        {
            start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        }

        configure?.Invoke(start);
        return new ChildProcess(string.Join(' ', arguments.Take(2)), start);
    }

    /// <summary>
    /// A foreign server. It knows nothing of our pipe, so a shell stands between: it stops the server when the pipe closes
    /// (or when a signal for the whole group ends cat: the trap keeps the shell alive for that), and timeout(1) stops it after an hour whatever happens.
    /// </summary>
    public static ChildProcess StartForeign(string command)
    {
        var start = new ProcessStartInfo("/bin/sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"trap : TERM INT HUP; timeout --signal=TERM --kill-after=5 3600 {command} >&2 & server=$!; cat >/dev/null; {{ kill $server; wait $server; }} 2>/dev/null");
        return new ChildProcess(command, start);
    }

    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next line that the child prints.</summary>
    /// <exception cref="InvalidOperationException">The child ended or was silent for too long.</exception>
    public async Task<string> ReadLineAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(limit.Token)
                ?? throw new InvalidOperationException($"'{_name}' ended; what it said is above.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"'{_name}' said nothing for {timeout.TotalSeconds:0} s.");
        }
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child is gone already, and that is what is wanted.
        }

        if (!_process.WaitForExit(3000))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(3000);
        }

        _process.Dispose();
    }
}
