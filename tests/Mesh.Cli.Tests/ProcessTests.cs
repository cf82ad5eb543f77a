using System.Diagnostics;

namespace Mesh.Cli.Tests;

/// <summary>The tool as people start it: a process of its own.</summary>
public sealed class ProcessTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task A_batch_goes_in_and_out_of_the_process(CancellationToken cancellation)
    {
        using var meshctl = new Meshctl();
        var config = meshctl.File("mesh.yaml", Reviews.Yaml);
        using var process = Start("explain", "--batch", "-");

        // A program at the other end may wait for each answer before it asks on.
        for (var i = 0; i < 3; i++)
        {
            await process.StandardInput.WriteLineAsync($$"""{"id":{{i}},"config":["{{config}}"],"request":{"url":"http://reviews/old"} }""");
            await process.StandardInput.FlushAsync(cancellation);
            var answer = await process.StandardOutput.ReadLineAsync(cancellation);
            Assert.That(answer, Does.StartWith($$"""{"id":{{i}},"outcome":"redirect","status":302,"""));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task The_exit_code_tells_a_wrong_command_line(CancellationToken cancellation)
    {
        using var process = Start("explain", "--nonsense");
        process.StandardInput.Close();
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.ExitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("--nonsense"));
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "meshctl.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
