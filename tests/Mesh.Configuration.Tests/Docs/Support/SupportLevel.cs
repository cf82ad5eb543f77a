namespace Mesh.Configuration.Tests.Docs.Support;

/// <summary>What becomes of a field.</summary>
internal enum SupportLevel
{
    /// <summary>It acts in a calling process.</summary>
    Acts,

    /// <summary>It is read and checked, and does not act yet.</summary>
    Validated,

    /// <summary>It acts where requests arrive.</summary>
    ServerSide,

    /// <summary>It only means something to a gateway.</summary>
    GatewayOnly,

    /// <summary>There is nothing in a process that it could act on.</summary>
    NotApplicable,
}
