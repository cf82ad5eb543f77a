using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Conditions of a listener. Of listeners in conflict none is served. Routes count as attached also when the listener itself is broken, so
/// that they come to life with it. Source: GATEWAY_API §15.
/// </summary>
internal sealed class ListenerConditions(CertificateChecks certificates)
{
    private static readonly string[] s_kinds = ["HTTPRoute", "GRPCRoute"];

    public ListenerStatus Of(ListenerAttachment listener, Typed<GatewaySpec> gateway)
    {
        var spec = listener.Spec;
        var conditions = new ConditionList(gateway.Document.Metadata.Generation);
        var trust = Trust(spec, gateway);
        var accepted = Protocol(spec) ?? trust.Accepted;
        conditions.Add(ConditionType.Accepted, accepted);
        if (listener.Conflict is { } conflict)
        {
            conditions.AddTrue(ConditionType.Conflicted, conflict, "another listener of the port has the same host, or a protocol that does not go with this one");
        }
        else
        {
            conditions.AddFalse(ConditionType.Conflicted, "NoConflicts");
        }

        var unresolved = Certificates(spec, gateway.Namespace) ?? Kinds(listener) ?? trust.Unresolved;
        conditions.Add(ConditionType.ResolvedRefs, unresolved);

        // A wrong kind takes nothing from the others; a missing certificate takes everything.
        var isServed = accepted is null && listener.Conflict is null && (unresolved is null || (unresolved.Reason == "InvalidRouteKinds" && listener.SupportedKinds.Count > 0));
        conditions.Add(ConditionType.Programmed, isServed ? null : new Fault("Invalid", "the listener is not served; see its other conditions"));
        return new ListenerStatus(spec.Name, listener.Routes.Count, [.. listener.SupportedKinds.Where(static k => s_kinds.Contains(k))], conditions.ToModelList());
    }

    private static Fault? Protocol(ListenerSpec spec) => spec.Protocol is "HTTP" or "HTTPS"
        ? null
        : new("UnsupportedProtocol", $"the protocol {spec.Protocol} is not served; use HTTP or HTTPS");

    private static Fault? Kinds(ListenerAttachment listener) => !listener.HasInvalidKinds ? null : new(
        "InvalidRouteKinds",
        $"allowedRoutes.kinds names kinds that a listener of protocol {listener.Spec.Protocol} does not take; it takes {string.Join(", ", ListenerAttachment.KindsOf(listener.Spec.Protocol))}");

    private Fault? Certificates(ListenerSpec spec, string @namespace)
    {
        if (spec.Tls is not { Mode: ListenerTLSMode.Terminate } tls)
        {
            return null;
        }

        foreach (var reference in tls.CertificateRefs)
        {
            if (certificates.KeyPair(reference, @namespace, "InvalidCertificateRef") is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Whom the listener trusts as clients. With nobody left to trust it must not serve.</summary>
    private (Fault? Accepted, Fault? Unresolved) Trust(ListenerSpec spec, Typed<GatewaySpec> gateway)
    {
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
}
