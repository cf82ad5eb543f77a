using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mesh.Samples.Tests.Running;

/// <summary>A sample, started by the very command that its documentation names.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly string[] s_outerPaths = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly", "MSBUILD_EXE_PATH"];
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private SampleProcess(Process process) => _process = process;

    public IReadOnlyCollection<string> Output => _output;

    public string AllOutput => string.Join('\n', _output);

    public int ExitCode => _process.ExitCode;

    public static SampleProcess Run(string sample, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] command = ["run", "--project", $"samples/{sample}", "-c", Repository.Configuration, "--no-build", "--", .. arguments];
        Array.ForEach(command, start.ArgumentList.Add);
        start.Environment["PWD"] = Repository.Root;

        // Paths that an outer dotnet command leaves behind are not for an inner one.
        foreach (var name in s_outerPaths)
        {
            start.Environment.Remove(name);
        }

        var running = new SampleProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Keep(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Keep(line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>The first line that contains <paramref name="text"/>, when it comes.</summary>
    public Task<string> LineWithAsync(string text) => Eventually.GetAsync(
        () => Task.FromResult(_output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) ??
            (_process.HasExited ? throw new InvalidOperationException($"It ended without '{text}':\n{AllOutput}") : null)),
        $"The output line '{text}' after\n{AllOutput}");

    /// <summary>Waits for it to end by itself.</summary>
    public async Task ExitAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await _process.WaitForExitAsync(limit.Token);
    }

    /// <summary>Sends a signal to the sample, as a terminal or a service manager would.</summary>
    public void Signal(string signal) => Signal(_process.Id, signal);

    public static void Signal(int pid, string signal)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {pid}")]);
        kill.WaitForExit();
    }

    /// <summary>Processes that still run of those that the sample started.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal("TERM");
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
