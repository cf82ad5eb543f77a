using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mesh.Samples.Tests.Running;

namespace Mesh.Samples.Tests;

/// <summary>The shop as processes: one command starts them all, and none outlives it.</summary>
public sealed class ShopProcessTests
{
    [Test]
    public async Task The_output_says_what_runs_where_and_what_to_try()
    {
        await using var shop = await RunningShop.StartAsync(load: 0);

        foreach (var instance in (await shop.StateAsync())["instances"]!.AsArray())
        {
            var (name, pid) = ((string)instance!["name"]!, (int)instance["pid"]!);
            Assert.That(shop.Process.Output, Has.Some.Match($@"{pid}\s+{name}$"));
            Assert.That(SampleProcess.IsAlive(pid), name);
        }

        Assert.That(shop.Process.AllOutput, Does.Contain("kill ").And.Contain("curl -H 'end-user: jason'").And.Contain("product-recommendation.yaml"));
        Assert.That(shop.Process.AllOutput, Does.Not.Contain("\u001b"), "colours belong on a terminal only");
        Assert.That(shop.Process.Output, Has.None.Match(" (warn|fail|crit): "));
    }

    [Test]
    public async Task Sigterm_stops_everything_and_says_so()
    {
        await using var shop = await RunningShop.StartAsync();
        var pids = await PidsAsync(shop);

        shop.Process.Signal("TERM");
        await shop.Process.ExitAsync();

        Assert.That(shop.Process.AllOutput, Does.Contain("no process is left"));
        Assert.That(pids.Where(SampleProcess.IsAlive), Is.Empty);
    }

    [Test]
    public async Task Ctrl_C_stops_everything()
    {
        await using var shop = await RunningShop.StartAsync();
        var pids = await PidsAsync(shop);

        // A terminal sends it to all of them at once.
        var all = pids.Append(ParentOf(pids[0])).ToArray();
        Array.ForEach(all, pid => SampleProcess.Signal(pid, "INT"));
        await shop.Process.ExitAsync();

        Assert.That(shop.Process.ExitCode, Is.Zero, shop.Process.AllOutput);
        Assert.That(all.Where(SampleProcess.IsAlive), Is.Empty);
        Assert.That(shop.Process.AllOutput, Does.Not.Contain("ended"));
    }

    [Test]
    public async Task No_instance_outlives_a_supervisor_that_is_killed()
    {
        await using var shop = await RunningShop.StartAsync();
        var pids = await PidsAsync(shop);

        SampleProcess.Signal(ParentOf(pids[0]), "KILL");

        await Eventually.IsTrueAsync(() => Task.FromResult(!pids.Any(SampleProcess.IsAlive)), "The end of all instances");
    }

    [Test]
    public async Task A_taken_port_is_replaced_and_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var shop = SampleProcess.Run("Shop", string.Create(CultureInfo.InvariantCulture, $"--port={taken}"), "--load=0");

        Assert.That(await shop.LineWithAsync("is taken"), Does.Contain($"Port {taken} is taken"));
        Assert.That(await shop.LineWithAsync("Open  http://"), Does.Not.Contain($":{taken}"));
    }

    [TestCase("--prot=1", "Unknown option '--prot=1'")]
    [TestCase("--port=many", "--port needs a number")]
    [TestCase("--mesh=nowhere", "There is no folder")]
    public async Task A_wrong_option_is_explained(string option, string expected)
    {
        await using var shop = SampleProcess.Run("Shop", option);

        await shop.LineWithAsync(expected);
        await shop.ExitAsync();
        Assert.That(shop.ExitCode, Is.EqualTo(2));
    }

    private static async Task<int[]> PidsAsync(RunningShop shop) =>
        [.. (await shop.StateAsync())["instances"]!.AsArray().Select(i => (int)i!["pid"]!)];

    private static int ParentOf(int pid) => int.Parse(
        File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("PPid:", StringComparison.Ordinal))[5..].Trim(), CultureInfo.InvariantCulture);
}
