using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Conditions of a Gateway and its listeners. A Gateway with one good listener is accepted, with a word about the others; addresses are
/// where the process listens, so only types that ask for nothing else are supported. Source: GATEWAY_API §15.
/// </summary>
internal sealed class GatewayConditions(CertificateChecks certificates)
{
    public const string ListenersNotValid = "ListenersNotValid";
    private readonly ListenerConditions _listeners = new(certificates);

    public ObjectStatus Of(GatewayAttachment attachment)
    {
        var gateway = attachment.Gateway;
        var listeners = attachment.Listeners.Select(l => _listeners.Of(l, new ListenerOwner(gateway.Document, attachment))).ToModelList();
        var bad = listeners.Where(static l => !l.IsTrue(ConditionType.Accepted) || l.IsTrue(ConditionType.Conflicted)).ToArray();
        var conditions = new ConditionList(gateway.Document.Metadata.Generation);
        var fault = Settings(gateway.Spec) ?? (bad.Length == listeners.Count ? new Fault(ListenersNotValid, "no listener can be served") : null);
        if (fault is null && bad.Length > 0)
        {
            conditions.AddTrue(ConditionType.Accepted, ListenersNotValid, $"not served: {string.Join(", ", bad.Select(static l => l.Name))}");
        }
        else
        {
            conditions.Add(ConditionType.Accepted, fault);
        }

        var isServed = fault is null && listeners.Any(static l => l.IsTrue(ConditionType.Programmed));
        conditions.Add(ConditionType.Programmed, isServed ? null : new Fault("Invalid", fault?.Message ?? "no listener can be served"));
        conditions.Add(ConditionType.ResolvedRefs, References(gateway.Spec, gateway.Namespace, listeners));
        if (IsInsecure(gateway.Spec.Tls?.Frontend))
        {
            conditions.AddTrue(ConditionType.InsecureFrontendValidationMode, "ConfigurationChanged", "AllowInsecureFallback lets clients in without a valid certificate");
        }

        return StatusTable.Begin(gateway.Document) with { Conditions = conditions.ToModelList(), Listeners = listeners };
    }

    private static Fault? Settings(GatewaySpec spec)
    {
        if (spec.Addresses.FirstOrDefault(static a => a.Type is not ("IPAddress" or "Hostname")) is { } address)
        {
            return new("UnsupportedAddress", $"addresses of type {address.Type} are not supported; the process decides where it listens");
        }

        return spec.Infrastructure?.ParametersRef is { } parameters
            ? new("InvalidParameters", $"parameters of kind {parameters.Group}/{parameters.Kind} are not known; remove infrastructure.parametersRef")
            : null;
    }

    private Fault? References(GatewaySpec spec, string @namespace, ModelList<ListenerStatus> listeners)
    {
        if (spec.Tls?.Backend?.ClientCertificateRef is { } reference && certificates.KeyPair(reference, "Gateway", @namespace, "InvalidClientCertificateRef") is { } fault)
        {
            return fault;
        }

        var unresolved = listeners.Where(static l => !l.IsTrue(ConditionType.ResolvedRefs)).ToArray();
        return unresolved.Length == 0 ? null : new("ListenersNotResolved", $"see the listeners {string.Join(", ", unresolved.Select(static l => l.Name))}");
    }

    private static bool IsInsecure(FrontendTLSSpec? frontend) => frontend is not null
        && (IsInsecure(frontend.Default) || frontend.PerPort.Any(static p => IsInsecure(p.Tls)));

    private static bool IsInsecure(TLSConfigSpec tls) => tls.Validation?.Mode is FrontendValidationMode.AllowInsecureFallback;
}
