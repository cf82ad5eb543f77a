using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Reads an AuthorizationPolicy.</summary>
internal static class AuthorizationPolicyReader
{
    public static AuthorizationPolicySpec Read(ObjectReader reader) => new()
    {
        Target = PolicyTarget.Read(reader),
        Rules = reader.List("rules", ReadRule),
        Action = reader.Enum<AuthorizationAction>(
            "action",
            [("ALLOW", AuthorizationAction.Allow), ("DENY", AuthorizationAction.Deny), ("AUDIT", AuthorizationAction.Audit), ("CUSTOM", AuthorizationAction.Custom)]),
        Provider = reader.Object("provider", static r => r.String("name") ?? ""),
    };

    private static AuthorizationRuleSpec ReadRule(ObjectReader reader) => new()
    {
        From = ReadEntries(reader, "from", static r => r.Object("source", ReadSource)),
        To = ReadEntries(reader, "to", static r => r.Object("operation", ReadOperation)),
        When = reader.List("when", static r => new AuthorizationConditionSpec { Key = r.String("key") ?? "", Values = r.Strings("values"), NotValues = r.Strings("notValues") }),
    };

    // Absent means "any", and a list that is written and empty is a mistake: the two must stay apart.
    private static ModelList<T?>? ReadEntries<T>(ObjectReader reader, string name, Func<ObjectReader, T?> read)
        where T : class => reader.Has(name) ? reader.List(name, read) : null;

    private static AuthorizationSourceSpec ReadSource(ObjectReader reader) => new()
    {
        Principals = reader.Strings("principals"),
        NotPrincipals = reader.Strings("notPrincipals"),
        RequestPrincipals = reader.Strings("requestPrincipals"),
        NotRequestPrincipals = reader.Strings("notRequestPrincipals"),
        Namespaces = reader.Strings("namespaces"),
        NotNamespaces = reader.Strings("notNamespaces"),
        ServiceAccounts = reader.Strings("serviceAccounts"),
        NotServiceAccounts = reader.Strings("notServiceAccounts"),
        IpBlocks = reader.Strings("ipBlocks"),
        NotIpBlocks = reader.Strings("notIpBlocks"),
        RemoteIpBlocks = reader.Strings("remoteIpBlocks"),
        NotRemoteIpBlocks = reader.Strings("notRemoteIpBlocks"),
        TrustDomains = reader.Strings("trustDomains"),
        NotTrustDomains = reader.Strings("notTrustDomains"),
    };

    private static AuthorizationOperationSpec ReadOperation(ObjectReader reader) => new()
    {
        Hosts = reader.Strings("hosts"),
        NotHosts = reader.Strings("notHosts"),
        Ports = reader.Strings("ports"),
        NotPorts = reader.Strings("notPorts"),
        Methods = reader.Strings("methods"),
        NotMethods = reader.Strings("notMethods"),
        Paths = reader.Strings("paths"),
        NotPaths = reader.Strings("notPaths"),
    };
}
