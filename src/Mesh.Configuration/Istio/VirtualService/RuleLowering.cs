using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What a VirtualService says of one service.</summary>
/// <param name="Rules">Rules in the order in which they are tried.</param>
/// <param name="Ports">Ports on which a rule is in force; empty: all of the service's.</param>
internal sealed record LoweredRules(ModelList<RouteRule> Rules, ModelList<int> Ports)
{
    public static LoweredRules None { get; } = new([], []);
}

/// <summary>
/// Makes the rules of a service. Istio builds a table for each port: a rule whose matches all name other ports or other workloads is not
/// in it, and a port whose table stays empty is served as if there were no document. What stands behind a catch-all is never built.
/// </summary>
internal sealed class RuleLowering(RuleScope scope, ActionLowering actions)
{
    /// <param name="routed">The document and its rules.</param>
    /// <param name="servicePorts">Ports of the service; empty when it declares none.</param>
    public LoweredRules Lower(RoutedHosts routed, ModelList<ServicePort> servicePorts)
    {
        var rules = new List<RouteRule>(routed.Routes.Count);
        var onEveryPort = false;
        SortedSet<int>? ports = null;
        foreach (var route in routed.Routes)
        {
            if (Matches(route, servicePorts) is not { } matches || actions.Lower(route) is not { } action)
            {
                continue;
            }

            rules.Add(new RouteRule
            {
                Name = Name(route),
                Matches = matches,
                Action = action,
                Origin = route.Document.Origin,
                Index = route.Index,
            });

            var catchesAll = matches.Count == 0;
            onEveryPort |= matches.Count == 0;
            foreach (var match in matches)
            {
                onEveryPort |= match.Port is null;
                catchesAll |= MatchLowering.IsCatchAll(match);
                if (match.Port is { } port)
                {
                    (ports ??= []).Add(port);
                }
            }

            if (catchesAll)
            {
                break;
            }
        }

        return rules.Count == 0 ? LoweredRules.None
            : new LoweredRules(rules.ToModelList(), onEveryPort || ports is null || Covers(ports, servicePorts) ? [] : ports.ToModelList());
    }

    /// <summary>The matches that can hold here; empty: always; null: none can, and the rule falls away.</summary>
    private ModelList<RouteMatch>? Matches(SourcedRoute route, ModelList<ServicePort> servicePorts)
    {
        var rule = route.Spec;
        if (rule.Match.Count == 0)
        {
            return [];
        }

        var matches = new List<RouteMatch>(rule.Match.Count);
        for (var i = 0; i < rule.Match.Count; i++)
        {
            var match = rule.Match[i];
            if (MatchLowering.IsFor(match, route.Document.Metadata.Namespace, scope) && (match.Port is null or 0 || servicePorts.Count == 0 || HasPort(servicePorts, match.Port.Value)))
            {
                var lowered = MatchLowering.Lower(match);

                // Where others before it fell away, the place in the document is no longer the place in the list.
                matches.Add(matches.Count == i ? lowered : lowered with { Index = i });
            }
        }

        return matches.Count == 0 ? null : matches.ToModelList();
    }

    private static bool Covers(SortedSet<int> ports, ModelList<ServicePort> servicePorts)
    {
        foreach (var port in servicePorts)
        {
            if (!ports.Contains(port.Number))
            {
                return false;
            }
        }

        return servicePorts.Count > 0;
    }

    private static bool HasPort(ModelList<ServicePort> ports, int number)
    {
        foreach (var port in ports)
        {
            if (port.Number == number)
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(SourcedRoute route) => route.Spec.Name
        ?? string.Create(CultureInfo.InvariantCulture, $"{route.Document.Metadata.Namespace}/{route.Document.Metadata.Name}#{route.Index}");
}
