using Mesh.Model;

namespace Mesh.Client.Compile;

/// <content>Which port a request means, and the tables made when a request first asks for one.</content>
internal sealed partial class CompiledService
{
    /// <summary>
    /// The service port a request means. A URI without a port (or with its scheme's own) means, in this order: the service port of that number,
    /// the only port, the first HTTP port; an explicit port means itself. So <c>http://catalog</c> reaches a service that listens on 5001 alone.
    /// </summary>
    public ServicePort? ResolvePort(int requestPort, bool isDefault)
    {
        var ports = Model.Ports;
        foreach (var port in ports)
        {
            if (port.Number == requestPort)
            {
                return port;
            }
        }

        if (!isDefault || ports.Count == 0)
        {
            return null;
        }

        if (ports.Count > 1)
        {
            foreach (var port in ports)
            {
                if (port.Protocol is PortProtocol.Http or PortProtocol.Http2 or PortProtocol.Grpc)
                {
                    return port;
                }
            }
        }

        return ports[0];
    }

    private CompiledRouteTable Add(int requestPort, string scheme, bool isDefault)
    {
        lock (_gate)
        {
            foreach (var known in _tables)
            {
                if (known.RequestPort == requestPort && known.Scheme == scheme)
                {
                    return known.Table;
                }
            }

            var port = ResolvePort(requestPort, isDefault);
            var table = _compileTable(this, port?.Number ?? Math.Max(requestPort, 0), port, ChoiceOf(scheme));
            Volatile.Write(ref _tables, [.. _tables, new PortTable(requestPort, scheme, table)]);
            return table;
        }
    }

    private static SchemeChoice ChoiceOf(string scheme) => scheme switch
    {
        "http" => SchemeChoice.Http,
        "https" => SchemeChoice.Https,
        _ => scheme.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? SchemeChoice.HttpsFirst : SchemeChoice.HttpFirst,
    };
}
