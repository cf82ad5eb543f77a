using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Conditions of a ListenerSet. It needs a Gateway that admits it and is accepted itself, and one listener that can be served.
/// Source: GATEWAY_API §15, Gateway API ListenerSet.
/// </summary>
internal sealed class ListenerSetConditions(CertificateChecks certificates)
{
    private readonly ListenerConditions _listeners = new(certificates);

    /// <param name="attachment">The set.</param>
    /// <param name="gateway">Status of its Gateway; null when there is none.</param>
    public ObjectStatus Of(ListenerSetAttachment attachment, ObjectStatus? gateway)
    {
        var document = attachment.Set.Document;
        var status = StatusTable.Begin(document);
        if (attachment.Gateway is null || gateway is null)
        {
            var parent = attachment.Set.Spec.ParentRef;
            var name = new ParentName(parent.Group, parent.Kind, parent.Namespace is { Length: > 0 } given ? given : attachment.Set.Namespace, parent.Name);
            return status with { Missing = [new("spec.parentRef", name, $"there is no {name}", document.PositionOf("spec.parentRef").Line)] };
        }

        var owner = new ListenerOwner(document, attachment.Gateway);
        var listeners = attachment.Listeners.Select(l => _listeners.Of(l, owner)).ToModelList();
        var refused = Refusal(attachment, gateway, listeners);
        var bad = listeners.Where(static l => !l.IsTrue(ConditionType.Accepted)).Select(static l => l.Name).ToArray();
        var conditions = new ConditionList(document.Metadata.Generation);
        if (refused is null && bad.Length > 0)
        {
            conditions.AddTrue(ConditionType.Accepted, GatewayConditions.ListenersNotValid, $"not served: {string.Join(", ", bad)}");
        }
        else
        {
            conditions.Add(ConditionType.Accepted, refused);
        }

        conditions.Add(ConditionType.Programmed, Idle(refused, gateway, listeners));
        return status with { Conditions = conditions.ToModelList(), Listeners = listeners };
    }

    private static Fault? Refusal(ListenerSetAttachment attachment, ObjectStatus gateway, ModelList<ListenerStatus> listeners) =>
        !attachment.IsAllowed ? new("NotAllowed", $"Gateway {gateway.Namespace}/{gateway.Name} takes no listeners from namespace {attachment.Set.Namespace}; see its allowedListeners")
        : !gateway.IsTrue(ConditionType.Accepted) ? new("ParentNotAccepted", $"Gateway {gateway.Namespace}/{gateway.Name} is not accepted itself")
        : !listeners.Any(static l => l.IsTrue(ConditionType.Accepted)) ? new(GatewayConditions.ListenersNotValid, "no listener can be served")
        : null;

    private static Fault? Idle(Fault? refused, ObjectStatus gateway, ModelList<ListenerStatus> listeners) =>
        refused is { Reason: "ParentNotAccepted" } || (refused is null && !gateway.IsTrue(ConditionType.Programmed)) ? new("ParentNotProgrammed", $"Gateway {gateway.Namespace}/{gateway.Name} is not served")
        : refused ?? (listeners.Any(static l => l.IsTrue(ConditionType.Programmed)) ? null : new(GatewayConditions.ListenersNotValid, "no listener is served"));
}
