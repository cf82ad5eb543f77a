using Mesh.Configuration.Naming;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Conditions of a listener. Of listeners in conflict none is served; one of a ListenerSet is refused for it, since it came last. Routes count
/// as attached also when the listener itself is broken, so that they come to life with it. Source: GATEWAY_API §15, Gateway API Listener.
/// </summary>
internal sealed class ListenerConditions(CertificateChecks certificates)
{
    public ListenerStatus Of(ListenerAttachment listener, ListenerOwner owner)
    {
        var spec = listener.Spec;
        var conditions = new ConditionList(owner.Document.Metadata.Generation);
        var trust = Trust(spec, owner);
        var conflict = listener.Conflict is { } reason ? new Fault(reason, "another listener of the port has the same host, or a protocol that does not go with this one") : null;
        var accepted = Protocol(spec) ?? trust.Accepted ?? (owner.IsSet ? conflict : null);
        conditions.Add(ConditionType.Accepted, accepted);
        if (conflict is not null)
        {
            conditions.AddTrue(ConditionType.Conflicted, conflict.Reason, conflict.Message);
        }
        else
        {
            conditions.AddFalse(ConditionType.Conflicted, "NoConflicts");
        }

        var unresolved = Certificates(spec, owner) ?? Kinds(listener) ?? trust.Unresolved;
        conditions.Add(ConditionType.ResolvedRefs, unresolved);

        // A wrong kind takes nothing from the others; a missing certificate takes everything.
        var isServed = accepted is null && conflict is null && (unresolved is null || (unresolved.Reason == "InvalidRouteKinds" && listener.SupportedKinds.Count > 0));
        conditions.Add(ConditionType.Programmed, isServed ? null : new Fault(
            owner.IsSet && conflict is not null ? conflict.Reason : "Invalid",
            "the listener is not served; see its other conditions"));
        if (OverlapOf(listener, owner.Gateway) is { } other)
        {
            conditions.AddTrue(ConditionType.OverlappingTLSConfig, "OverlappingHostnames", $"a client may reuse a connection of listener {other.Name} for this one's hosts");
        }

        return new ListenerStatus(spec.Name, listener.Routes.Count, listener.SupportedKinds, conditions.ToModelList());
    }

    private static Fault? Protocol(ListenerSpec spec) => ListenerAttachment.KindsOf(spec.Protocol).Count > 0
        ? null
        : new("UnsupportedProtocol", $"the protocol {spec.Protocol} is not known; use HTTP, HTTPS, TLS, TCP or UDP");

    private static Fault? Kinds(ListenerAttachment listener) => !listener.HasInvalidKinds ? null : new(
        "InvalidRouteKinds",
        $"allowedRoutes.kinds names kinds that a listener of protocol {listener.Spec.Protocol} does not take; it takes {string.Join(", ", ListenerAttachment.KindsOf(listener.Spec.Protocol))}");

    private Fault? Certificates(ListenerSpec spec, ListenerOwner owner)
    {
        if (spec.Tls is not { Mode: ListenerTLSMode.Terminate } tls)
        {
            return null;
        }

        foreach (var reference in tls.CertificateRefs)
        {
            if (certificates.KeyPair(reference, owner.Kind, owner.Namespace, "InvalidCertificateRef") is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Whom the listener trusts as clients, which the Gateway says. With nobody left to trust it must not serve.</summary>
    private (Fault? Accepted, Fault? Unresolved) Trust(ListenerSpec spec, ListenerOwner owner)
    {
        var gateway = owner.Gateway.Gateway;
        if (spec.Protocol != "HTTPS" || gateway.Spec.Tls?.Frontend is not { } frontend)
        {
            return default;
        }

        var tls = frontend.PerPort.FirstOrDefault(p => p.Port == spec.Port)?.Tls ?? frontend.Default;
        if (tls.Validation is not { } validation)
        {
            return default;
        }

        var faults = validation.CaCertificateRefs.Select(reference => certificates.Trusted(reference, gateway.Namespace)).ToArray();
        return (
            faults.Length > 0 && faults.All(static f => f is not null) ? new("NoValidCACertificate", "no reference for the validation of clients leads to a certificate") : null,
            faults.FirstOrDefault(static f => f is not null));
    }

    /// <summary>Another listener whose certificate a client may take for this one's; null: none. Source: GEP-3567.</summary>
    private static ListenerSpec? OverlapOf(ListenerAttachment listener, GatewayAttachment gateway)
    {
        if (listener.Spec.Protocol != "HTTPS" || listener.Conflict is not null)
        {
            return null;
        }

        foreach (var other in gateway.AllListeners)
        {
            if (!ReferenceEquals(other, listener) && other.Conflict is null && other.Spec.Protocol == "HTTPS" && other.Spec.Port == listener.Spec.Port
                && HostName.Overlaps(Host(other.Spec), Host(listener.Spec)))
            {
                return other.Spec;
            }
        }

        return null;
    }

    private static string Host(ListenerSpec listener) => listener.Hostname is { Length: > 0 } host ? host.ToLowerInvariant() : "*";
}
