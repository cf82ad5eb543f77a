using Mesh.Peers.Modes;
using Mesh.Peers.Startup;
using Mesh.Peers.Stub;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mesh.Peers;

/// <summary>The mesh's rows in every table.</summary>
internal static class MeshModes
{
    private static readonly Uri s_catalog = new("http://catalog/items/42");

    public static IReadOnlyList<PeerMode> Loopback { get; } =
    [
        new("mesh", static t => PeerClient.Over(MeshSetup.Create(t.Http1).CreateHandler(PeerModes.Transport()), s_catalog)),
        // One endpoint, as bare has: what the mesh itself costs, without the further connections that three endpoints mean.
        new("mesh-one", static t => PeerClient.Over(MeshSetup.Create(t.Http1[..1]).CreateHandler(PeerModes.Transport()), s_catalog)),
        new("mesh+metrics", static t =>
        {
            MeshSetup.ListenToMetrics();
            return PeerClient.Over(MeshSetup.Create(t.Http1).CreateHandler(PeerModes.Transport()), s_catalog);
        }),
        // One endpoint, as bare-h2c has: over three, the same callers make smaller batches of frames on three connections.
        new("mesh-h2-one", static t => PeerClient.Over(MeshSetup.Create(t.Http2[..1], upgradeToHttp2: true).CreateHandler(PeerModes.Transport()), s_catalog)),
        new("mesh-h2", static t => PeerClient.Over(MeshSetup.Create(t.Http2, upgradeToHttp2: true).CreateHandler(PeerModes.Transport()), s_catalog)),
    ];

    public static IReadOnlyList<StubMode> Stub { get; } =
    [
        new("mesh", static stub => PeerClient.Over(MeshSetup.Create(Ports, transport: stub).CreateHandler(PeerModes.Transport()), s_catalog)),
        new("mesh+metrics", static stub =>
        {
            MeshSetup.ListenToMetrics();
            return PeerClient.Over(MeshSetup.Create(Ports, transport: stub).CreateHandler(PeerModes.Transport()), s_catalog);
        }),
        new("mesh, unmeshed host", static stub =>
        {
            MeshSetup.ListenToMetrics();
            return PeerClient.Over(MeshSetup.Create(Ports).CreateHandler(stub), new Uri("http://elsewhere.example/items/42"));
        }),
    ];

    public static IReadOnlyList<StartupMode> Startup { get; } =
    [
        new("mesh", static (builder, targets) => AddMesh(builder, targets), static _ => s_catalog),
        new("mesh+rules", static (builder, targets) => AddMesh(builder, targets).AddFile(Path.Combine(AppContext.BaseDirectory, "Startup", "mesh.yaml")), static _ => s_catalog),
    ];

    private static int[] Ports => [5001, 5002, 5003];

    private static Client.IServiceMeshBuilder AddMesh(IHostApplicationBuilder builder, Loopback.Targets targets)
    {
        builder.Configuration.AddInMemoryCollection(ServiceDiscoveryMode.Addresses(targets.Http1));
        return builder.AddServiceMesh();
    }
}
