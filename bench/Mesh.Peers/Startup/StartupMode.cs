using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Mesh.Peers.Loopback;

namespace Mesh.Peers.Startup;

/// <summary>One row of the start-up table: what is added to the plain application.</summary>
internal sealed record StartupMode(string Name, Action<WebApplicationBuilder, Targets> Configure, Func<Targets, Uri> Upstream);

/// <summary>Every mode of the startup command. The plain application has an HttpClient factory, as one that calls services does.</summary>
internal static class StartupModes
{
    public const string Plain = "plain";

    public static IReadOnlyList<StartupMode> All { get; } =
    [
        new(Plain, static (_, _) => { }, Direct),
        new("plain2", static (_, _) => { }, Direct),
        new("polly", static (builder, _) => builder.Services.AddHttpClient("catalog").AddStandardResilienceHandler(), Direct),
        .. MeshModes.Startup,
    ];

    public static StartupMode Get(string name) =>
        All.FirstOrDefault(m => m.Name == name) ?? throw new ArgumentException($"No mode '{name}'. There are: {string.Join(", ", All.Select(static m => m.Name))}.");

    private static Uri Direct(Targets targets) => new($"http://127.0.0.1:{targets.Http1[0]}/items/42");
}
