using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of an AuthorizationPolicy. Source: Istio's CustomResourceDefinition.</summary>
internal static class AuthorizationPolicySchema
{
    private static readonly ListSchema s_serviceAccounts = ListOf(TextOf(0, 320), max: 16);

    private static readonly ObjectSchema s_source = new ObjectSchema
    {
        { "principals", Texts },
        { "notPrincipals", Texts },
        { "requestPrincipals", Texts },
        { "notRequestPrincipals", Texts },
        { "namespaces", Texts },
        { "notNamespaces", Texts },
        { "serviceAccounts", s_serviceAccounts },
        { "notServiceAccounts", s_serviceAccounts },
        { "ipBlocks", Texts },
        { "notIpBlocks", Texts },
        { "remoteIpBlocks", Texts },
        { "notRemoteIpBlocks", Texts },
        { "trustDomains", Texts },
        { "notTrustDomains", Texts },
    }.Rule(
        "Cannot set serviceAccounts with namespaces or principals",
        static s => s.CountOf("serviceAccounts", "notServiceAccounts") == 0 || s.CountOf("principals", "notPrincipals", "namespaces", "notNamespaces") == 0);

    private static readonly ObjectSchema s_operation = new()
    {
        { "hosts", Texts },
        { "notHosts", Texts },
        { "ports", Texts },
        { "notPorts", Texts },
        { "methods", Texts },
        { "notMethods", Texts },
        { "paths", Texts },
        { "notPaths", Texts },
    };

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "selector", PolicySelector },
        { "targetRef", TargetRef },
        { "targetRefs", TargetRefs },
        {
            "rules",
            ListOf(
                new ObjectSchema
                {
                    { "from", ListOf(new ObjectSchema { { "source", s_source } }, max: 512) },
                    { "to", ListOf(new ObjectSchema { { "operation", s_operation } }) },
                    { "when", ListOf(new ObjectSchema { { "key", Text }, { "values", Texts }, { "notValues", Texts } }.Required("key")) },
                },
                max: 512)
        },
        { "action", Word("ALLOW", "DENY", "AUDIT", "CUSTOM") },
        { "provider", new ObjectSchema { { "name", Text } } },
    }.Rule(OneAttachment, static spec => spec.CountOf("selector", "targetRef", "targetRefs") <= 1));
}
