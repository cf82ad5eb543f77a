using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Who may do what to a workload. Source: Istio security AuthorizationPolicy.</summary>
internal sealed record AuthorizationPolicySpec
{
    public required PolicyTarget Target { get; init; }

    /// <summary>Alternatives; empty: never matches.</summary>
    public ModelList<AuthorizationRuleSpec> Rules { get; init; } = [];

    /// <summary>Default ALLOW.</summary>
    public AuthorizationAction? Action { get; init; }

    /// <summary>Name of the external authorizer, for CUSTOM; null: no <c>provider</c> is written.</summary>
    public string? Provider { get; init; }
}

/// <summary>What happens to a request that matches. Source: Istio AuthorizationPolicy.Action.</summary>
internal enum AuthorizationAction
{
    Allow,
    Deny,
    Audit,
    Custom,
}

/// <summary>Sources, operations and conditions, all of which must match. Source: Istio Rule.</summary>
internal sealed record AuthorizationRuleSpec
{
    /// <summary>Alternatives; null: any source. An entry without <c>source</c> is null.</summary>
    public ModelList<AuthorizationSourceSpec?>? From { get; init; }

    /// <summary>Alternatives; null: any operation. An entry without <c>operation</c> is null.</summary>
    public ModelList<AuthorizationOperationSpec?>? To { get; init; }

    public ModelList<AuthorizationConditionSpec> When { get; init; } = [];
}

/// <summary>Where a request comes from; fields are ANDed, lists are ORed. Source: Istio Source.</summary>
internal sealed record AuthorizationSourceSpec
{
    public ModelList<string> Principals { get; init; } = [];

    public ModelList<string> NotPrincipals { get; init; } = [];

    public ModelList<string> RequestPrincipals { get; init; } = [];

    public ModelList<string> NotRequestPrincipals { get; init; } = [];

    public ModelList<string> Namespaces { get; init; } = [];

    public ModelList<string> NotNamespaces { get; init; } = [];

    public ModelList<string> ServiceAccounts { get; init; } = [];

    public ModelList<string> NotServiceAccounts { get; init; } = [];

    public ModelList<string> IpBlocks { get; init; } = [];

    public ModelList<string> NotIpBlocks { get; init; } = [];

    public ModelList<string> RemoteIpBlocks { get; init; } = [];

    public ModelList<string> NotRemoteIpBlocks { get; init; } = [];

    public ModelList<string> TrustDomains { get; init; } = [];

    public ModelList<string> NotTrustDomains { get; init; } = [];
}

/// <summary>What a request does; fields are ANDed, lists are ORed. Source: Istio Operation.</summary>
internal sealed record AuthorizationOperationSpec
{
    public ModelList<string> Hosts { get; init; } = [];

    public ModelList<string> NotHosts { get; init; } = [];

    public ModelList<string> Ports { get; init; } = [];

    public ModelList<string> NotPorts { get; init; } = [];

    public ModelList<string> Methods { get; init; } = [];

    public ModelList<string> NotMethods { get; init; } = [];

    public ModelList<string> Paths { get; init; } = [];

    public ModelList<string> NotPaths { get; init; } = [];
}

/// <summary>A condition on an attribute such as <c>request.headers[x]</c>. Source: Istio Condition.</summary>
internal sealed record AuthorizationConditionSpec
{
    public string Key { get; init; } = "";

    public ModelList<string> Values { get; init; } = [];

    public ModelList<string> NotValues { get; init; } = [];
}
