using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Texts that every kind bounds in the same way. Source: the CRDs of Gateway API, standard and experimental channel.</summary>
internal static class NameSchemas
{
    public const string SubdomainPattern = @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    public const string HostnameBody = @"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    public const string HostnamePattern = HostnameBody + "$";
    private const string GroupPattern = @"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    private const string KindPattern = "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$";
    private const string NamespacePattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    private const string HeaderNamePattern = @"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$";
    private const string DurationPattern = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

    /// <summary>API group; empty for Kubernetes' own.</summary>
    public static TextSchema ApiGroup { get; } = TextOf(0, 253, GroupPattern);

    public static TextSchema Kind { get; } = TextOf(1, 63, KindPattern);

    public static TextSchema ObjectName { get; } = TextOf(1, 253);

    public static TextSchema Namespace { get; } = TextOf(1, 63, NamespacePattern);

    /// <summary>Name of a listener, a port or a rule.</summary>
    public static TextSchema SectionName { get; } = TextOf(1, 253, SubdomainPattern);

    /// <summary>A host, perhaps <c>*.</c> and a domain.</summary>
    public static TextSchema Hostname { get; } = TextOf(1, 253, HostnamePattern);

    /// <summary>A host without wildcard.</summary>
    public static TextSchema PreciseHostname { get; } = TextOf(1, 253, SubdomainPattern);

    public static TextSchema HeaderName { get; } = TextOf(1, 256, HeaderNamePattern);

    public static TextSchema GepDuration { get; } = TextOf(pattern: DurationPattern);

    public static IntegerSchema GatewayPort { get; } = new(1, 65535);

    public static TextSchema AllOrNone { get; } = Word("All", "None");

    /// <summary>Settings of other implementations.</summary>
    public static MapSchema Options { get; } = MapOf(TextOf(0, 4096), 0, 16);
}
