// hot path
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>A service of a snapshot: its ports, and for each port the table of rules, compiled when a request first asks for that port.</summary>
internal sealed partial class CompiledService
{
    private readonly Lock _gate = new();
    private readonly Func<CompiledService, int, ServicePort?, SchemeChoice, CompiledRouteTable> _compileTable;
    private PortTable[] _tables = [];

    public CompiledService(ServiceModel model, Func<CompiledService, int, ServicePort?, SchemeChoice, CompiledRouteTable> compileTable)
    {
        Model = model;
        _compileTable = compileTable;
    }

    public ServiceModel Model { get; }

    /// <summary>The table for requests to <paramref name="uri"/>.</summary>
    public CompiledRouteTable TableFor(Uri uri)
    {
        var port = uri.Port;
        var scheme = uri.Scheme;
        var tables = _tables;
        for (var i = 0; i < tables.Length; i++)
        {
            // Uri hands out one string per well-known scheme, so the reference decides nearly always.
            if (tables[i].RequestPort == port && (ReferenceEquals(tables[i].Scheme, scheme) || tables[i].Scheme == scheme))
            {
                return tables[i].Table;
            }
        }

        return Add(port, scheme, uri.IsDefaultPort || port < 0);
    }

    private readonly record struct PortTable(int RequestPort, string Scheme, CompiledRouteTable Table);
}
