using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// What the workload imports. The Sidecar that governs it: one of its namespace whose selector chooses it, else the namespace's own,
/// else that of the root namespace; without any, everything that is exported to it. Source: Istio Sidecar.
/// </summary>
internal sealed class EgressScope
{
    private readonly List<(string Namespace, string Host, int? Port)>? _imports;
    private readonly List<(string Namespace, string Host, int? Port)> _exclusions;

    private EgressScope((List<(string Namespace, string Host, int? Port)>? Imports, List<(string Namespace, string Host, int? Port)> Exclusions) hosts, OutboundTrafficPolicy? policy) =>
        (_imports, _exclusions, OutboundTrafficPolicy) = (hosts.Imports, hosts.Exclusions, policy);

    /// <summary>What the Sidecar says of unknown hosts; null: nothing.</summary>
    public OutboundTrafficPolicy? OutboundTrafficPolicy { get; }

    /// <summary>True when only a part of what exists is imported.</summary>
    public bool IsLimited => _imports is not null;

    public static EgressScope Of(IReadOnlyList<Typed<SidecarSpec>> sidecars, Workload workload, string rootNamespace)
    {
        if (Choose(sidecars, workload, rootNamespace) is not { } sidecar)
        {
            return new EgressScope((null, []), null);
        }

        return new EgressScope(Imports(sidecar.Spec, workload.Namespace), sidecar.Spec.OutboundTrafficPolicy is not { } policy ? null
            : policy.Mode is OutboundTrafficPolicyMode.AllowAny ? Model.OutboundTrafficPolicy.AllowAny : Model.OutboundTrafficPolicy.RegistryOnly);
    }

    /// <summary>True when a service is imported; on every port when <paramref name="ports"/> is empty, else on those.</summary>
    public bool ImportsService(string @namespace, string host, out ModelList<int> ports)
    {
        ports = [];
        if (_imports is null)
        {
            return true;
        }

        foreach (var (excludedNamespace, excludedHost, _) in _exclusions)
        {
            if (NamespaceMatches(excludedNamespace, @namespace) && HostName.IsWithin(host, excludedHost))
            {
                return false;
            }
        }

        SortedSet<int>? limited = null;
        foreach (var (importNamespace, importHost, port) in _imports)
        {
            if (!NamespaceMatches(importNamespace, @namespace) || !HostName.IsWithin(host, importHost))
            {
                continue;
            }

            if (port is null)
            {
                return true;
            }

            (limited ??= []).Add(port.Value);
        }

        ports = limited.ToModelList();
        return limited is not null;
    }

    /// <summary>True when one of the document's hosts is imported.</summary>
    public bool ImportsRules(string @namespace, IReadOnlyList<string> hosts)
    {
        if (_imports is null)
        {
            return true;
        }

        foreach (var (importNamespace, importHost, _) in _imports)
        {
            if (!NamespaceMatches(importNamespace, @namespace))
            {
                continue;
            }

            foreach (var host in hosts)
            {
                if (HostName.Overlaps(host, importHost))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Typed<SidecarSpec>? Choose(IReadOnlyList<Typed<SidecarSpec>> sidecars, Workload workload, string rootNamespace)
    {
        Typed<SidecarSpec>? best = null;
        var rank = 0;
        foreach (var sidecar in sidecars)
        {
            var isOwn = string.Equals(sidecar.Namespace, workload.Namespace, StringComparison.Ordinal);
            var selects = sidecar.Spec.WorkloadSelector is { Labels.Count: > 0 } selector ? selector.Matches(workload.Labels) : (bool?)null;
            var thisRank = isOwn && selects is true ? 3
                : isOwn && selects is null ? 2
                : selects is null && string.Equals(sidecar.Namespace, rootNamespace, StringComparison.Ordinal) ? 1 : 0;
            if (thisRank > rank)
            {
                (best, rank) = (sidecar, thisRank);
            }
        }

        return best;
    }

    // No egress at all imports everything, like no Sidecar.
    private static (List<(string Namespace, string Host, int? Port)>? Imports, List<(string Namespace, string Host, int? Port)> Exclusions) Imports(SidecarSpec spec, string ownNamespace)
    {
        if (spec.Egress.Count == 0)
        {
            return (null, []);
        }

        var (imports, exclusions) = (new List<(string Namespace, string Host, int? Port)>(), new List<(string Namespace, string Host, int? Port)>());
        foreach (var listener in spec.Egress)
        {
            foreach (var host in listener.Hosts)
            {
                var slash = host.IndexOf('/');
                var @namespace = slash < 0 ? "*" : host[..slash];
                var (target, name) = @namespace.StartsWith('~') ? (exclusions, @namespace[1..]) : (imports, @namespace);
                target.Add((name switch { "." => ownNamespace, "" => "*", _ => name }, host[(slash + 1)..], listener.Port is { Number: > 0 } port ? port.Number : null));
            }
        }

        return (imports, exclusions);
    }

    private static bool NamespaceMatches(string pattern, string @namespace) => pattern == "*" || string.Equals(pattern, @namespace, StringComparison.Ordinal);
}
