using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>TLS of a whole gateway. Source: Gateway API GatewayTLSConfig.</summary>
public sealed record GatewayTLSSpec
{
    /// <summary>Towards backends.</summary>
    public GatewayBackendTLSSpec? Backend { get; init; }

    /// <summary>Towards callers.</summary>
    public FrontendTLSSpec? Frontend { get; init; }
}

/// <summary>What a gateway shows backends.</summary>
public sealed record GatewayBackendTLSSpec
{
    /// <summary>Its client certificate.</summary>
    public SecretObjectReferenceSpec? ClientCertificateRef { get; init; }
}

/// <summary>How callers prove themselves.</summary>
public sealed record FrontendTLSSpec
{
    /// <summary>On every port that has no entry of its own.</summary>
    public required TLSConfigSpec Default { get; init; }

    /// <summary>On single ports.</summary>
    public ModelList<TLSPortConfigSpec> PerPort { get; init; } = [];
}

/// <summary>How callers of one port prove themselves.</summary>
public sealed record TLSPortConfigSpec
{
    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>The settings.</summary>
    public required TLSConfigSpec Tls { get; init; }
}

/// <summary>TLS towards callers.</summary>
public sealed record TLSConfigSpec
{
    /// <summary>How client certificates are checked; null: none are asked for.</summary>
    public FrontendTLSValidationSpec? Validation { get; init; }
}

/// <summary>How client certificates are checked.</summary>
public sealed record FrontendTLSValidationSpec
{
    /// <summary>Trusted certificates.</summary>
    public ModelList<ObjectReferenceSpec> CaCertificateRefs { get; init; } = [];

    /// <summary>What happens to a client without a valid certificate. Default <see cref="FrontendValidationMode.AllowValidOnly"/>.</summary>
    public FrontendValidationMode Mode { get; init; }
}

/// <summary>What happens to a client without a valid certificate.</summary>
public enum FrontendValidationMode
{
    /// <summary>It is refused.</summary>
    AllowValidOnly,

    /// <summary>It is let in.</summary>
    AllowInsecureFallback,
}
