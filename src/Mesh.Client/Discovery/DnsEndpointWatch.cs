using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Discovery;

/// <summary>
/// The endpoints behind a list of host names, one per address, kept fresh. Source: Envoy's STRICT_DNS cluster: every address of a name takes
/// the port, labels, weight, locality and priority written for the name. Each name has its own schedule, so one that fails is
/// asked again soon without the others being asked with it.
/// </summary>
internal sealed class DnsEndpointWatch
{
    private readonly (MeshEndpoint Written, DnsName Name)[] _entries;
    private readonly DnsName[] _names;
    private readonly TimeProvider _time;

    public DnsEndpointWatch(IEnumerable<MeshEndpoint> written, DnsContext context)
    {
        var byHost = new Dictionary<string, DnsName>(StringComparer.OrdinalIgnoreCase);
        _entries = [.. written.Select(endpoint =>
        {
            if (!byHost.TryGetValue(endpoint.Address, out var name))
            {
                byHost[endpoint.Address] = name = new DnsName(endpoint.Address, context);
            }

            return (endpoint, name);
        })];
        _names = [.. byHost.Values];
        _time = context.Time;
    }

    /// <summary>True when every name is an address, so that nothing ever changes.</summary>
    public bool IsFixed => _names.All(static name => name.IsLiteral);

    /// <summary>What went wrong in the last lookup of a name that never resolved, if that is the state of all of them.</summary>
    public Exception? Failure => _names.All(static name => name.Addresses.Count == 0) ? _names.FirstOrDefault(static name => name.Failure is not null)?.Failure : null;

    /// <summary>Looks up every name that is due.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_names.Where(static name => !name.IsLiteral && name.DueIn <= TimeSpan.Zero).Select(name => name.LookUpAsync(cancellationToken)));

    /// <summary>Waits until the next name is due.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var next = _names.Where(static name => !name.IsLiteral).Min(static name => name.DueIn);
        return next <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(next, _time, cancellationToken);
    }

    /// <summary>The endpoints as they are known now; an address that two names share counts once, as the first one writes it.</summary>
    public EndpointUpdate Current()
    {
        var seen = new HashSet<(string Address, int Port)>();
        List<MeshEndpoint> endpoints = [];
        foreach (var (written, name) in _entries)
        {
            foreach (var address in name.Addresses)
            {
                if (seen.Add((address, written.Port)))
                {
                    endpoints.Add(name.IsLiteral
                        ? written with { Address = address }
                        : written with { Address = address, HostName = written.HostName ?? name.Host, InstanceName = written.InstanceName ?? name.Host });
                }
            }
        }

        var problems = _names.Select(static name => name.Problem).Where(static problem => problem is not null);
        var problem = string.Join(" ", problems);
        return new EndpointUpdate(endpoints.ToModelList()) { Problem = problem.Length == 0 ? null : problem };
    }
}
