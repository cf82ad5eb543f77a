using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Every Gateway with its listeners and those that ListenerSets add to it. Sets are added older first, and only those that the Gateway's
/// <c>allowedListeners</c> admits, which are none unless it says so. Source: Gateway API ListenerSet, GEP-1713.
/// </summary>
internal sealed class GatewayIndex
{
    private readonly GatewayDocuments _documents;
    private readonly Dictionary<(string Namespace, string Name), GatewayAttachment> _gateways = [];
    private readonly Dictionary<(string Namespace, string Name), ListenerSetAttachment> _sets = [];

    public GatewayIndex(GatewayDocuments documents)
    {
        _documents = documents;
        foreach (var gateway in documents.Gateways)
        {
            var attachment = new GatewayAttachment(gateway, Listeners(gateway.Spec.Listeners, []));
            if (_gateways.TryAdd((gateway.Namespace, gateway.Name), attachment))
            {
                Gateways.Add(attachment);
            }
        }

        foreach (var set in documents.ListenerSets)
        {
            var attachment = Add(set);
            if (_sets.TryAdd((set.Namespace, set.Name), attachment))
            {
                ListenerSets.Add(attachment);
            }
        }
    }

    /// <summary>In the order of age.</summary>
    public List<GatewayAttachment> Gateways { get; } = [];

    /// <summary>In the order of age.</summary>
    public List<ListenerSetAttachment> ListenerSets { get; } = [];

    public GatewayAttachment? Gateway(string @namespace, string name) => _gateways.GetValueOrDefault((@namespace, name));

    public ListenerSetAttachment? ListenerSet(string @namespace, string name) => _sets.GetValueOrDefault((@namespace, name));

    private ListenerSetAttachment Add(Typed<ListenerSetSpec> set)
    {
        var parent = set.Spec.ParentRef;
        var gateway = parent is { Group: GatewayApiGroup.Name, Kind: "Gateway" }
            ? Gateway(parent.Namespace is { Length: > 0 } given ? given : set.Namespace, parent.Name)
            : null;
        if (gateway is null || !Admits(gateway.Gateway, set.Namespace))
        {
            return new ListenerSetAttachment(set, gateway, IsAllowed: false, []);
        }

        var attachment = new ListenerSetAttachment(set, gateway, IsAllowed: true, Listeners(set.Spec.Listeners, gateway.AllListeners));
        gateway.Add(attachment);
        return attachment;
    }

    private bool Admits(Typed<GatewaySpec> gateway, string @namespace) => gateway.Spec.AllowedListeners is { } allowed && allowed.Namespaces.From switch
    {
        NamespacesFrom.All => true,
        NamespacesFrom.Same => string.Equals(gateway.Namespace, @namespace, StringComparison.Ordinal),
        NamespacesFrom.Selector => LabelSelection.Selects(allowed.Namespaces.Selector, _documents.LabelsOf(@namespace)),
        _ => false,
    };

    private static ListenerAttachment[] Listeners(ModelList<ListenerSpec> listeners, IReadOnlyList<ListenerAttachment> before) =>
        [.. Enumerable.Range(0, listeners.Count).Select(i => new ListenerAttachment(listeners[i], ListenerConflicts.Of(listeners, i, before)))];
}
