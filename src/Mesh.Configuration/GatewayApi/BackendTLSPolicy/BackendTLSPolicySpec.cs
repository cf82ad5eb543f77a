using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>TLS towards the endpoints of Services of its namespace. Source: Gateway API BackendTLSPolicy.</summary>
public sealed record BackendTLSPolicySpec
{
    /// <summary>The Services, or ports of them.</summary>
    public ModelList<PolicyTargetReferenceSpec> TargetRefs { get; init; } = [];

    /// <summary>How the server proves itself.</summary>
    public required BackendTLSPolicyValidationSpec Validation { get; init; }

    /// <summary>Settings of other implementations; none are known here.</summary>
    public ModelMap<string> Options { get; init; } = ModelMap<string>.Empty;
}

/// <summary>What a policy is for. Source: Gateway API LocalPolicyTargetReferenceWithSectionName.</summary>
public sealed record PolicyTargetReferenceSpec
{
    /// <summary>API group; empty for a Service.</summary>
    public required string Group { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of a port of the Service; null: all ports that no other policy names.</summary>
    public string? SectionName { get; init; }
}

/// <summary>How the server proves itself.</summary>
public sealed record BackendTLSPolicyValidationSpec
{
    /// <summary>ConfigMaps with trusted certificates under <c>ca.crt</c>; excludes <see cref="WellKnownCACertificates"/>.</summary>
    public ModelList<LocalObjectReferenceSpec> CaCertificateRefs { get; init; } = [];

    /// <summary><c>System</c> trusts what the operating system trusts.</summary>
    public string? WellKnownCACertificates { get; init; }

    /// <summary>Server name to send, and the name the certificate must carry unless <see cref="SubjectAltNames"/> are given.</summary>
    public required string Hostname { get; init; }

    /// <summary>Names of which the certificate must carry one.</summary>
    public ModelList<SubjectAltNameSpec> SubjectAltNames { get; init; } = [];
}

/// <summary>A name in a certificate.</summary>
public sealed record SubjectAltNameSpec
{
    /// <summary>Which of the two it is.</summary>
    public SubjectAltNameType Type { get; init; }

    /// <summary>A DNS name.</summary>
    public string? Hostname { get; init; }

    /// <summary>A URI, for example <c>spiffe://cluster.local/ns/shop/sa/catalog</c>.</summary>
    public string? Uri { get; init; }
}

/// <summary>Kinds of names in a certificate.</summary>
public enum SubjectAltNameType
{
    /// <summary>A DNS name.</summary>
    Hostname,

    /// <summary>A URI.</summary>
    URI,
}
