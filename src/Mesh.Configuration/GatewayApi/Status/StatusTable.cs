using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// The status of every class, Gateway, ListenerSet, route and policy, as a controller would write it. It is made of the same attachment that rules are made of,
/// so it says what really happens. Sources: GATEWAY_API §12, §15, the type comments of Gateway API v1.
/// </summary>
internal static class StatusTable
{
    /// <summary>Classes first, then Gateways, ListenerSets, routes, policies; each older first.</summary>
    /// <param name="documents">Valid documents; those of other languages are passed over.</param>
    /// <param name="registry">The services there are.</param>
    public static ModelList<ObjectStatus> Of(IReadOnlyList<ConfigDocument> documents, ServiceRegistry registry)
    {
        var set = GatewayDocuments.Of(documents);
        var table = AttachmentTable.Build(set, registry);
        var certificates = new CertificateChecks(set);
        var policies = new PolicyConditions(set, table, registry);
        var (gateways, listenerSets) = Gateways(table, certificates);
        return
        [
            .. set.GatewayClasses.Select(GatewayClassConditions.Of),
            .. gateways,
            .. listenerSets,
            .. table.Routes.Select(RouteConditions.Of),
            .. set.BackendTLSPolicies.Select(policies.Of),
        ];
    }

    /// <summary>A set depends on its Gateway, which only counts those that it has taken.</summary>
    private static (ObjectStatus[] Gateways, ObjectStatus[] ListenerSets) Gateways(AttachmentTable table, CertificateChecks certificates)
    {
        var ofGateways = new GatewayConditions(certificates);
        var ofSets = new ListenerSetConditions(certificates);
        var gateways = table.Gateways.ToDictionary(static g => g, ofGateways.Of);
        var sets = table.ListenerSets.Select(s => (s.Gateway, Status: ofSets.Of(s, s.Gateway is null ? null : gateways[s.Gateway]))).ToArray();
        return (
            [.. table.Gateways.Select(g => gateways[g] with { AttachedListenerSets = sets.Count(s => ReferenceEquals(s.Gateway, g) && s.Status.IsTrue(ConditionType.Accepted)) })],
            [.. sets.Select(static s => s.Status)]);
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
