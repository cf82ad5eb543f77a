using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Puts the rules of delegates in the place of the rules that delegate. Every match of the delegate has to be at least as narrow as one
/// of the root's, or its rule is dropped; what the delegate leaves open comes from the root. Source: Istio mergeVirtualServicesIfNeeded.
/// </summary>
internal sealed class DelegateMerge
{
    private readonly Dictionary<(string Namespace, string Name), Typed<VirtualServiceSpec>> _delegates = [];
    private readonly string _domainSuffix;
    private readonly ModelList<string> _exportTo;

    public DelegateMerge(IReadOnlyList<Typed<VirtualServiceSpec>> virtualServices, string domainSuffix, ModelList<string> exportTo)
    {
        _domainSuffix = domainSuffix;
        _exportTo = exportTo;
        foreach (var virtualService in virtualServices)
        {
            if (virtualService.Spec.Hosts.Count == 0)
            {
                _delegates[(virtualService.Namespace, virtualService.Name)] = virtualService;
            }
        }
    }

    /// <summary>The rules of a document with its delegates in place.</summary>
    public List<SourcedRoute> Routes(Typed<VirtualServiceSpec> root, ProblemSink problems)
    {
        var routes = new List<SourcedRoute>(root.Spec.Http.Count);
        for (var i = 0; i < root.Spec.Http.Count; i++)
        {
            var rule = root.Spec.Http[i];
            if (rule.Delegate is { } target)
            {
                AddDelegated(routes, root, i, rule, target, problems);
            }
            else
            {
                routes.Add(new SourcedRoute(root.Document, i, rule));
            }
        }

        return routes;
    }

    private void AddDelegated(List<SourcedRoute> routes, Typed<VirtualServiceSpec> root, int index, HTTPRouteSpec rule, DelegateSpec target, ProblemSink problems)
    {
        var @namespace = target.Namespace ?? root.Namespace;
        problems.Begin(root.Document);
        var place = FieldScope.Spec(root.Document, problems)["http"][index]["delegate"];
        if (!_delegates.TryGetValue((@namespace, target.Name), out var found))
        {
            place.Warning($"there is no VirtualService {@namespace}/{target.Name} without hosts, so the rule is left out; create it, or route here");
            return;
        }

        if (!Visibility.IsVisible(found.Spec.ExportTo, _exportTo, found.Namespace, root.Namespace))
        {
            place.Warning($"VirtualService {@namespace}/{target.Name} is not exported to {root.Namespace}, so the rule is left out; extend its exportTo");
            return;
        }

        var expanded = Expand(rule, root.Namespace);
        for (var i = 0; i < found.Spec.Http.Count; i++)
        {
            if (Merge(expanded, WithFullGateways(found.Spec.Http[i], found.Namespace)) is { } merged)
            {
                routes.Add(new SourcedRoute(found.Document, i, merged));
            }
            else
            {
                place.Warning($"rule {i} of VirtualService {@namespace}/{target.Name} matches more than this rule does and is left out; narrow its matches");
            }
        }
    }

    // What the root lends to a rule of another namespace keeps the meaning it has in the root.
    private HTTPRouteSpec Expand(HTTPRouteSpec rule, string @namespace) => WithFullGateways(rule, @namespace) with
    {
        Mirror = rule.Mirror is null ? null : Expand(rule.Mirror, @namespace),
        Mirrors = [.. rule.Mirrors.Select(m => m with { Destination = Expand(m.Destination, @namespace) })],
    };

    private static HTTPRouteSpec WithFullGateways(HTTPRouteSpec rule, string @namespace) => !rule.Match.Any(static m => m.Gateways.Count > 0) ? rule : rule with
    {
        Match = [.. rule.Match.Select(m => m with { Gateways = [.. m.Gateways.Select(gateway => RuleScope.Qualify(gateway, @namespace))] })],
    };

    private DestinationSpec Expand(DestinationSpec destination, string @namespace) =>
        destination with { Host = HostName.Expand(destination.Host, @namespace, _domainSuffix) };

    /// <summary>The delegate's rule under the root's; null when it matches more than the root's does.</summary>
    public static HTTPRouteSpec? Merge(HTTPRouteSpec root, HTTPRouteSpec leaf)
    {
        if (DelegateMatchMerge.Merge(root.Match, leaf.Match) is not { } matches)
        {
            return null;
        }

        return leaf with
        {
            Name = DelegateMatchMerge.JoinNames(root.Name, leaf.Name),
            Match = matches,
            Delegate = null,
            Rewrite = leaf.Rewrite ?? root.Rewrite,
            DirectResponse = leaf.DirectResponse ?? root.DirectResponse,
            Timeout = leaf.Timeout ?? root.Timeout,
            Retries = leaf.Retries ?? root.Retries,
            Fault = leaf.Fault ?? root.Fault,
            Mirror = leaf.Mirror ?? root.Mirror,
            Mirrors = leaf.Mirrors.Count > 0 ? leaf.Mirrors : root.Mirrors,
            MirrorPercent = leaf.MirrorPercent ?? root.MirrorPercent,
            MirrorPercentage = leaf.MirrorPercentage ?? root.MirrorPercentage,
            CorsPolicy = leaf.CorsPolicy ?? root.CorsPolicy,
            Headers = MergeHeaders(root.Headers, leaf.Headers),
        };
    }

    private static HeadersSpec? MergeHeaders(HeadersSpec? root, HeadersSpec? leaf) => root is null ? leaf : leaf is null ? root : new HeadersSpec
    {
        Request = MergeOperations(root.Request, leaf.Request),
        Response = MergeOperations(root.Response, leaf.Response),
    };

    private static HeaderOperationsSpec? MergeOperations(HeaderOperationsSpec? root, HeaderOperationsSpec? leaf) => root is null ? leaf : leaf is null ? root : new HeaderOperationsSpec
    {
        Set = DelegateMatchMerge.Union(root.Set, leaf.Set),
        Add = DelegateMatchMerge.Union(root.Add, leaf.Add),
        Remove = [.. root.Remove, .. leaf.Remove.Where(name => !root.Remove.Contains(name))],
    };
}
