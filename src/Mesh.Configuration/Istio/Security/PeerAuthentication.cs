using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Which callers' TLS a workload takes. Source: Istio security PeerAuthentication.</summary>
internal sealed record PeerAuthenticationSpec
{
    /// <summary>Labels of the workloads; null: all of the namespace.</summary>
    public ModelMap<string>? MatchLabels { get; init; }

    /// <summary>Null: as the namespace or the mesh says.</summary>
    public MutualTlsMode? Mode { get; init; }

    /// <summary>Mode by workload port; null: the field is not written.</summary>
    public ModelMap<PortMutualTls>? PortLevelMtls { get; init; }
}

/// <summary>The mode of one port; null inherits.</summary>
internal sealed record PortMutualTls(MutualTlsMode? Mode);

/// <summary>Source: Istio PeerAuthentication.MutualTLS.Mode.</summary>
internal enum MutualTlsMode
{
    Unset,
    Disable,
    Permissive,
    Strict,
}

/// <summary>Reads a PeerAuthentication.</summary>
internal static class PeerAuthenticationReader
{
    public static PeerAuthenticationSpec Read(ObjectReader reader) => new()
    {
        MatchLabels = PolicyTarget.ReadSelector(reader, "selector"),
        Mode = reader.Object("mtls", ReadMtls)?.Mode,
        PortLevelMtls = reader.Has("portLevelMtls") ? reader.Map("portLevelMtls", ReadMtls) : null,
    };

    private static PortMutualTls ReadMtls(ObjectReader reader) => new(reader.Enum<MutualTlsMode>(
        "mode",
        [("UNSET", MutualTlsMode.Unset), ("DISABLE", MutualTlsMode.Disable), ("PERMISSIVE", MutualTlsMode.Permissive), ("STRICT", MutualTlsMode.Strict)]));
}
