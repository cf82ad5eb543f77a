using Mesh.Peers.Modes;
using Mesh.Peers.Startup;
using Mesh.Peers.Stub;

namespace Mesh.Peers;

/// <summary>The mesh's rows in every table.</summary>
internal static class MeshModes
{
    public static IReadOnlyList<PeerMode> Loopback { get; } = [];

    public static IReadOnlyList<StubMode> Stub { get; } = [];

    public static IReadOnlyList<StartupMode> Startup { get; } = [];
}
