using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime;
using Mesh.Peers.Loopback;
using Mesh.Peers.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mesh.Peers.Startup;

/// <summary>
/// A small ASP.NET Core application: /ping answers, /call calls the upstream through an IHttpClientFactory client, /memory
/// reports. It prints its port, the moment at which it had started, and how much of that the
/// just-in-time compiler took (on all threads).
/// </summary>
internal static class StartupApp
{
    /// <summary>The monotonic clock is one for all processes of a machine, so parent and child may compare readings.</summary>
    public const string StartVariable = "MESH_PEERS_START";

    public static async Task<int> RunAsync(string modeName, Targets targets)
    {
        ParentWatch.ExitWithParent();
        var mode = StartupModes.Get(modeName);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHttpClient();
        mode.Configure(builder, targets);

        var app = builder.Build();
        var upstream = mode.Upstream(targets);
        app.MapGet("/ping", static () => "pong");
        app.MapGet("/call", (IHttpClientFactory clients, CancellationToken token) => clients.CreateClient("catalog").GetStringAsync(upstream, token));
        app.MapGet("/memory", static () =>
        {
            // As after a quiet minute: garbage of the start is gone.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var managed = GC.GetTotalMemory(forceFullCollection: true);
            return string.Create(CultureInfo.InvariantCulture, $"{managed} {Environment.WorkingSet} {OwnBytes()}");
        });
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var started = Stopwatch.GetElapsedTime(long.Parse(Environment.GetEnvironmentVariable(StartVariable)!, CultureInfo.InvariantCulture));
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{new Uri(address).Port} {started.TotalMilliseconds} {JitInfo.GetCompilationTime().TotalMilliseconds}"));
        });
        await app.RunAsync();
        return 0;
    }

    /// <summary>
    /// The part of the working set that is not a file mapped from disk: heaps, stacks (anonymous) and compiled code (which the runtime keeps in shared memory,
    /// to be writable in one place and executable in another).
    /// </summary>
    private static long OwnBytes() => File.ReadLines("/proc/self/status")
        .Where(static l => l.StartsWith("RssAnon:", StringComparison.Ordinal) || l.StartsWith("RssShmem:", StringComparison.Ordinal))
        .Sum(static l => 1024 * long.Parse(l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
