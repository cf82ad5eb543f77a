using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>The ways into the mesh: which gateway, which of its listeners, which virtual host of that. Source: GATEWAY_API §2, ENVOY §20.</summary>
internal sealed class GatewayTable
{
    private readonly Dictionary<(string Namespace, string Name), GatewayModel> _gateways = [];
    private readonly Dictionary<ListenerModel, HostTable<VirtualHostModel>> _virtualHosts = new(ReferenceEqualityComparer.Instance);

    public GatewayTable(MeshModel model)
    {
        foreach (var gateway in model.Gateways)
        {
            _gateways.TryAdd((gateway.Namespace, gateway.Name), gateway);
        }
    }

    public GatewayModel? Find(string @namespace, string name) => _gateways.GetValueOrDefault((@namespace, name));

    /// <summary>
    /// The listener by what is spoken and the port of the address; of several the one whose host is the most specific. An address that names no
    /// port reaches the listeners of its protocol wherever they are, when none has the protocol's own port. A listener that is named says the port
    /// and protocol of the connection: on a wire there is no more to choose by.
    /// </summary>
    public static ListenerModel? ListenerFor(GatewayModel gateway, ExplainRequest request, string host)
    {
        var named = gateway.Listeners.FirstOrDefault(l => l.Name == request.Listener);
        if (named is null && request.Listener is not null)
        {
            return null;
        }

        var candidates = new List<ListenerModel>();
        foreach (var listener in gateway.Listeners)
        {
            if (named is null ? Speaks(listener, request.Url.Scheme) : listener.Port == named.Port && listener.Protocol == named.Protocol)
            {
                candidates.Add(listener);
            }
        }

        if (named is null && (candidates.Exists(l => l.Port == request.Url.Port) || !request.Url.IsDefaultPort))
        {
            candidates.RemoveAll(l => l.Port != request.Url.Port);
        }

        var table = new HostTable<ListenerModel>();
        foreach (var listener in candidates)
        {
            AddHosts(table, listener.Hosts, listener);
        }

        return table.Find(host);
    }

    public VirtualHostModel? VirtualHostFor(ListenerModel listener, string host)
    {
        if (!_virtualHosts.TryGetValue(listener, out var table))
        {
            _virtualHosts.Add(listener, table = new HostTable<VirtualHostModel>());
            foreach (var virtualHost in listener.VirtualHosts)
            {
                AddHosts(table, virtualHost.Hosts, virtualHost);
            }
        }

        return table.Find(host);
    }

    private static bool Speaks(ListenerModel listener, string scheme) =>
        listener.Protocol == (scheme == Uri.UriSchemeHttps ? ListenerProtocol.Https : ListenerProtocol.Http);

    private static void AddHosts<T>(HostTable<T> table, ModelList<string> hosts, T owner)
        where T : class
    {
        if (hosts.Count == 0)
        {
            table.Add("*", owner);
        }

        foreach (var host in hosts)
        {
            table.Add(host, owner);
        }
    }
}
