// hot path
using System.Collections.Frozen;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>One immutable state of the whole mesh. A request reads the current one once and keeps it to its end.</summary>
internal sealed class CompiledMesh
{
    private readonly FrozenDictionary<string, CompiledService> _exact;
    private readonly (string Suffix, CompiledService Service)[] _wildcards;
    private readonly CompiledService? _any;
    private readonly NamedEndpoints _named;

    public CompiledMesh(MeshModel model, FrozenDictionary<string, CompiledService> exact, (string Suffix, CompiledService Service)[] wildcards, CompiledService? any, CompiledService[] services, NamedEndpoints named)
    {
        _named = named;
        Model = model;
        Services = services;
        _exact = exact;
        _wildcards = wildcards;
        _any = any;
    }

    public MeshModel Model { get; }

    public CompiledService[] Services { get; }

    public bool RegistryOnly => Model.OutboundTrafficPolicy == OutboundTrafficPolicy.RegistryOnly;

    /// <summary>
    /// The service a host name belongs to: exact, then the longest wildcard suffix, then <c>*</c>; null when the mesh does not know it.
    /// Source: Envoy virtual host selection (ENVOY §20). <see cref="Uri"/> hands host names over in lower case.
    /// </summary>
    public CompiledService? FindService(string host)
    {
        if (_exact.TryGetValue(host, out var service))
        {
            return service;
        }

        if (_wildcards.Length > 0)
        {
            foreach (var (suffix, wildcard) in _wildcards)
            {
                // A wildcard stands for at least one character.
                if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                {
                    return wildcard;
                }
            }
        }

        return _any;
    }

    /// <summary>The service of a host <c>_name.service</c>; null when there is none.</summary>
    public CompiledService? FindNamedEndpoint(string host) => _named.Find(this, host);
}
