using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// The status of every Gateway, route and policy, as a controller would write it. It is made of the same attachment that rules are made of,
/// so it says what really happens. Sources: GATEWAY_API §12, §15, the type comments of Gateway API v1.
/// </summary>
internal static class StatusTable
{
    /// <summary>Gateways first, then routes, then policies; each older first.</summary>
    /// <param name="documents">Valid documents; those of other languages are passed over.</param>
    /// <param name="registry">The services there are.</param>
    public static ModelList<ObjectStatus> Of(IReadOnlyList<ConfigDocument> documents, ServiceRegistry registry)
    {
        var set = GatewayDocuments.Of(documents);
        var table = AttachmentTable.Build(set, registry);
        var gateways = new GatewayConditions(new CertificateChecks(set));
        var policies = new PolicyConditions(set, table, registry);
        return
        [
            .. table.Gateways.Select(gateways.Of),
            .. table.Routes.Select(RouteConditions.Of),
            .. set.BackendTLSPolicies.Select(policies.Of),
        ];
    }

    public static ObjectStatus Begin(ConfigDocument document) => new()
    {
        Kind = document.Kind,
        Namespace = document.Metadata.Namespace,
        Name = document.Metadata.Name,
        File = document.SourceName,
        Line = document.Position.Line,
    };
}
