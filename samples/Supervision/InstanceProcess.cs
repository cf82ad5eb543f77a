using System.Diagnostics;

namespace Samples.Supervision;

/// <summary>
/// One running process of a sample. It lives as long as its standard input stays open: when the supervisor ends, however it ends,
/// the pipe closes and the process stops by itself, so nothing is left behind.
/// </summary>
internal sealed class InstanceProcess : IDisposable
{
    /// <summary>The line by which an instance tells that it listens.</summary>
    public const string ReadyLine = "@ready";

    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private InstanceProcess(Process process) => _process = process;

    public int Pid => _process.Id;

    public int ExitCode => _process.ExitCode;

    public Task Ready => _ready.Task;

    public Task Exited => _process.WaitForExitAsync();

    /// <summary>Starts this very binary again, with other arguments.</summary>
    public static InstanceProcess Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, Action<string> log)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(InstanceProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var running = new InstanceProcess(process);
        process.OutputDataReceived += (_, line) => running.OnOutput(line.Data, log);
        process.ErrorDataReceived += (_, line) => running.OnOutput(line.Data, log);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Asks it to stop, waits a little, then insists.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        try
        {
            _process.StandardInput.Close();
            await Exited.WaitAsync(patience);
        }
        catch (IOException)
        {
            // The pipe is broken: it has already ended.
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }
    }

    public void Dispose() => _process.Dispose();

    private void OnOutput(string? line, Action<string> log)
    {
        if (line == ReadyLine)
        {
            _ready.TrySetResult();
        }
        else if (!string.IsNullOrEmpty(line))
        {
            log(line);
        }
    }
}
