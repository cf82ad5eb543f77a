using Mesh.Samples.Tests.Running;

namespace Mesh.Samples.Tests;

/// <summary>Bookinfo's command line, and the end of its processes.</summary>
public sealed class BookinfoProcessTests
{
    [TestCase("Unknown option '--prot=1'", "--prot=1")]
    [TestCase("--port needs a number", "--port=many")]
    [TestCase("There is no folder or file 'nowhere'", "--mesh", "nowhere")]
    [TestCase("--port needs a number", "--mesh", "samples/Bookinfo/mesh", "--port=many", Description = "the folder is found from where the command was typed")]
    public async Task A_wrong_option_is_explained(string expected, params string[] options)
    {
        await using var bookinfo = SampleProcess.Run("Bookinfo", options);

        await bookinfo.LineWithAsync(expected);
        await bookinfo.ExitAsync();
        Assert.That(bookinfo.ExitCode, Is.EqualTo(2));
    }

    [TestCase("curl")]
    [TestCase("curl", "reviews")]
    [TestCase("load", "-c", "none", "http://reviews:9080/")]
    public async Task A_tool_that_is_used_wrongly_says_how(params string[] arguments)
    {
        await using var tool = SampleProcess.Run("Bookinfo", arguments);

        await tool.LineWithAsync($"Usage: {arguments[0]}");
        await tool.ExitAsync();
        Assert.That(tool.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task A_tool_without_a_running_bookinfo_says_what_to_start()
    {
        await using var tool = SampleProcess.Run("Bookinfo", "curl", "--port=1", "http://reviews:9080/");

        await tool.LineWithAsync("No Bookinfo answers at http://localhost:1");
        await tool.ExitAsync();
        Assert.That(tool.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Sigterm_stops_everything_and_hosts_nobody_named_are_refused()
    {
        await using var bookinfo = await RunningBookinfo.StartAsync("--registry-only");
        var pids = (await bookinfo.StateAsync())["instances"]!.AsArray().Select(static i => (int)i!["pid"]!).ToArray();
        Assert.That(pids, Has.Length.EqualTo(9));
        Assert.That(await bookinfo.ToolAsync("curl", "-i", "http://httpbin.example/headers"), Does.Contain(" 502 "));

        bookinfo.Process.Signal("TERM");
        await bookinfo.Process.ExitAsync();

        Assert.That(bookinfo.Process.AllOutput, Does.Contain("no process is left"));
        Assert.That(pids.Where(SampleProcess.IsAlive), Is.Empty);
    }
}
