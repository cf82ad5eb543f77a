using System.Globalization;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Conditions of a BackendTLSPolicy under each Gateway through which requests reach its targets. A target that no Gateway reaches stands for
/// itself, since the mesh's own callers heed the policy. Of two policies for the same port of a Service the older acts.
/// Source: GATEWAY_API §12.
/// </summary>
internal sealed class PolicyConditions
{
    private readonly GatewayDocuments _documents;
    private readonly AttachmentTable _table;
    private readonly ServiceRegistry _registry;
    private readonly Dictionary<(string Service, string Section), ConfigDocument> _owners = [];

    public PolicyConditions(GatewayDocuments documents, AttachmentTable table, ServiceRegistry registry)
    {
        (_documents, _table, _registry) = (documents, table, registry);
        foreach (var policy in documents.BackendTLSPolicies)
        {
            foreach (var target in policy.Spec.TargetRefs.Where(IsService))
            {
                _owners.TryAdd(Key(target, policy.Namespace), policy.Document);
            }
        }
    }

    public ObjectStatus Of(Typed<BackendTLSPolicySpec> policy)
    {
        var ancestors = new OrderedDictionary<ParentName, List<Fault?>>();
        var missing = new List<MissingObject>();
        for (var i = 0; i < policy.Spec.TargetRefs.Count; i++)
        {
            var target = policy.Spec.TargetRefs[i];
            if (IsService(target) && _registry.TryGet(_registry.FullName(target.Name, policy.Namespace), out var service))
            {
                foreach (var ancestor in Ancestors(target, policy.Namespace, service))
                {
                    ancestors.TryAdd(ancestor, []);
                    ancestors[ancestor].Add(Refusal(target, policy, service));
                }
            }
            else
            {
                var path = string.Create(CultureInfo.InvariantCulture, $"spec.targetRefs[{i}]");
                missing.Add(new(path, new ParentName(target.Group, target.Kind, policy.Namespace, target.Name), $"there is no {target.Kind} {policy.Namespace}/{target.Name}", policy.Document.PositionOf(path).Line));
            }
        }

        return StatusTable.Begin(policy.Document) with
        {
            Ancestors = [.. ancestors.Select(a => new ParentStatus(a.Key, Conditions(policy, a.Value)))],
            Missing = missing.ToModelList(),
        };
    }

    private ModelList<Condition> Conditions(Typed<BackendTLSPolicySpec> policy, List<Fault?> refusals)
    {
        var references = policy.Spec.Validation.CaCertificateRefs;
        var faults = references.Select(reference => Trusted(reference, policy.Namespace)).Where(static f => f is not null).ToArray();
        var conditions = new ConditionList(policy.Document.Metadata.Generation);

        // One target that is left to the policy is enough; with nobody to trust, none is.
        var refusal = refusals.Contains(null) ? null : refusals[0];
        conditions.Add(ConditionType.Accepted, refusal ?? (references.Count > 0 && faults.Length == references.Count
            ? new Fault("NoValidCACertificate", "no reference leads to a certificate; requests fail rather than go to an unverified peer")
            : null));
        conditions.Add(ConditionType.ResolvedRefs, faults.FirstOrDefault());
        return conditions.ToModelList();
    }

    private Fault? Refusal(PolicyTargetReferenceSpec target, Typed<BackendTLSPolicySpec> policy, RegisteredService service)
    {
        if (target.SectionName is { Length: > 0 } section && service.Ports.Count > 0 && !service.Ports.Any(p => p.Name == section))
        {
            return new("TargetNotFound", $"Service {policy.Namespace}/{target.Name} has no port named {section}");
        }

        var owner = _owners[Key(target, policy.Namespace)];
        return ReferenceEquals(owner, policy.Document)
            ? null
            : new("Conflicted", $"BackendTLSPolicy {owner.Metadata.Namespace}/{owner.Metadata.Name} has the same target and is older, or first by name");
    }

    private Fault? Trusted(LocalObjectReferenceSpec reference, string @namespace) => reference.Group != GatewayApiGroup.Core || reference.Kind != "ConfigMap"
        ? new("InvalidKind", $"trusted certificates of kind {reference.Group}/{reference.Kind} are not supported; use a ConfigMap")
        : CaCertificate.Find(reference, @namespace, _documents) is null
            ? new("InvalidCACertificateRef", $"there is no ConfigMap {@namespace}/{reference.Name} with a certificate under {CaCertificate.Key}")
            : null;

    private ParentName[] Ancestors(PolicyTargetReferenceSpec target, string @namespace, RegisteredService service)
    {
        var gateways = _table.Routes
            .Where(route => Uses(route.Route, service, target.SectionName))
            .SelectMany(static route => route.Parents.Where(static p => p.IsAccepted && p.Gateway is not null))
            .Select(static p => new ParentName(GatewayApiGroup.Name, "Gateway", p.Gateway!.Value.Namespace, p.Gateway.Value.Name))
            .Distinct()
            .ToArray();
        return gateways.Length > 0 ? gateways : [new ParentName(GatewayApiGroup.Core, "Service", @namespace, target.Name)];
    }

    private bool Uses(RouteSource route, RegisteredService service, string? section) => route.Rules.Any(rule => rule.BackendRefs.Any(backend =>
        backend.Group == GatewayApiGroup.Core
        && backend.Kind == "Service"
        && _registry.FullName(backend.Name, backend.Namespace is { Length: > 0 } given ? given : route.Namespace) == service.Name
        && (section is not { Length: > 0 } || backend.Port is null || service.Ports.Any(p => p.Number == backend.Port && p.Name == section))));

    private (string Service, string Section) Key(PolicyTargetReferenceSpec target, string @namespace) =>
        (_registry.FullName(target.Name, @namespace), target.SectionName ?? "");

    private static bool IsService(PolicyTargetReferenceSpec target) => target.Group == GatewayApiGroup.Core && target.Kind == "Service";
}
