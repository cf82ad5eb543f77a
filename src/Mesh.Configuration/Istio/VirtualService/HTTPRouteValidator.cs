using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks one rule: that it does exactly one thing, its destinations, copies and conditions.</summary>
internal static class HTTPRouteValidator
{
    public static void Validate(FieldScope at, HTTPRouteSpec rule, bool isDelegate)
    {
        OneAction(at, rule, isDelegate);
        for (var i = 0; i < rule.Match.Count; i++)
        {
            HTTPMatchValidator.Validate(at["match"][i], rule.Match[i], inDelegation: isDelegate || rule.Delegate is not null);
            if (isDelegate && rule.Match[i].Gateways.Count + rule.Match[i].SourceLabels.Count > 0)
            {
                at["match"][i].LoadError("a delegate's match names no gateways and no source; put them into the root's match");
            }
        }

        Destinations(at["route"], rule.Route);
        HTTPActionValidator.Validate(at, rule);
        Mirrors(at, rule);
        at["headers"].Headers(rule.Headers);
        at["timeout"].DurationOrZero(rule.Timeout);
        AuthorityOnce(at, rule);
        if (at.Problems.Purpose == ReadingPurpose.Load)
        {
            HostHeaders(at, rule);
        }
    }

    private static void OneAction(FieldScope at, HTTPRouteSpec rule, bool isDelegate)
    {
        var actions = (rule.Route.Count > 0 ? 1 : 0) + (rule.Redirect is null ? 0 : 1) + (rule.DirectResponse is null ? 0 : 1);
        if (rule.Delegate is { } target)
        {
            if (isDelegate)
            {
                at["delegate"].Error("a delegate cannot delegate again; route here");
            }

            if (rule.Route.Count > 0 || rule.Redirect is not null)
            {
                at["delegate"].Error("a rule that delegates has no 'route' and no 'redirect'; remove one of the two");
            }

            // Istio looks for the delegate later, and there is none of such a name.
            if (target.Name.Length == 0)
            {
                at["delegate"]["name"].LoadError("names no VirtualService");
            }

            return;
        }

        if (actions == 0)
        {
            at.Error("the rule does nothing; add 'route', 'redirect' or 'directResponse'");
        }
        else if (actions > 1)
        {
            at.Error("only one of 'route', 'redirect' and 'directResponse' may be set");
        }
        else if (rule.Route.Count == 0)
        {
            NotWithReply(at["fault"], rule.Fault is not null, rule.Redirect is not null);
            if (rule is { Fault: not null, DirectResponse: not null })
            {
                at["fault"].AdmissionError("HTTP route cannot contain both fault and direct_response; remove one of them");
            }

            NotWithReply(at["rewrite"], rule.Rewrite is not null, rule.Redirect is not null || rule.DirectResponse is not null);
        }
    }

    private static void NotWithReply(FieldScope at, bool isSet, bool isReply)
    {
        if (isSet && isReply)
        {
            at.Error("has no meaning in a rule that forwards nothing; remove it");
        }
    }

    private static void Destinations(FieldScope at, ModelList<HTTPRouteDestinationSpec> route)
    {
        var isMade = VirtualServiceValidator.IsMadeOfRoute(at.Document);
        long total = 0;
        for (var i = 0; i < route.Count; i++)
        {
            if (!isMade)
            {
                at[i]["destination"].Destination(route[i].Destination);
            }

            at[i]["headers"].Headers(route[i].Headers);
            at[i]["weight"].NotNegative(route[i].Weight);
            total += route[i].Weight ?? 0;
        }

        if (route.Count > 1 && total == 0)
        {
            at.Error("all weights are 0; give at least one destination a weight");
        }
    }

    private static void Mirrors(FieldScope at, HTTPRouteSpec rule)
    {
        if (rule.Mirror is { } mirror)
        {
            at["mirror"].Destination(mirror);
            if (rule.Mirrors.Count > 0)
            {
                at["mirrors"].Error("only one of 'mirror' and 'mirrors' may be set; move 'mirror' into the list");
            }
        }

        for (var i = 0; i < rule.Mirrors.Count; i++)
        {
            at["mirrors"][i]["destination"].Destination(rule.Mirrors[i].Destination);
            at["mirrors"][i]["percentage"].Percent(rule.Mirrors[i].Percentage);
        }

        at["mirrorPercentage"].Percent(rule.MirrorPercentage);
        at["mirrorPercent"].Percent(rule.MirrorPercent);
        if (rule.MirrorPercent is not null)
        {
            at["mirrorPercent"].Warning("deprecated; write mirrorPercentage: {value: …}");
        }
    }

    // Both would change the same thing, and which wins is not what a reader expects.
    private static void AuthorityOnce(FieldScope at, HTTPRouteSpec rule)
    {
        var isSet = rule.Rewrite?.Authority is not null;
        foreach (var (field, headers) in (ReadOnlySpan<(string, ModelMap<string>?)>)[("set", rule.Headers?.Request?.Set), ("add", rule.Headers?.Request?.Add)])
        {
            foreach (var (name, _) in headers ?? ModelMap<string>.Empty)
            {
                if (!IsAuthority(name))
                {
                    continue;
                }

                if (isSet)
                {
                    at["headers"]["request"][field][name].Error("authority header cannot be set multiple times, here and in 'rewrite' or another header; keep one of them");
                }

                isSet = true;
            }
        }
    }

    // Istio's admission check takes any text, and so does Envoy; a calling process can only send a host.
    private static void HostHeaders(FieldScope at, HTTPRouteSpec rule)
    {
        at["rewrite"]["authority"].ErrorIf(rule.Rewrite?.Authority is { } rewritten ? HostHeaderText.Problem(rewritten) : null);
        HostHeaders(at["headers"]["request"], rule.Headers?.Request);
        for (var i = 0; i < rule.Route.Count; i++)
        {
            HostHeaders(at["route"][i]["headers"]["request"], rule.Route[i].Headers?.Request);
        }
    }

    private static void HostHeaders(FieldScope at, HeaderOperationsSpec? edits)
    {
        foreach (var (field, headers) in (ReadOnlySpan<(string, ModelMap<string>?)>)[("set", edits?.Set), ("add", edits?.Add)])
        {
            foreach (var (name, value) in headers ?? ModelMap<string>.Empty)
            {
                at[field][name].ErrorIf(IsAuthority(name) ? HostHeaderText.Problem(value) : null);
            }
        }
    }

    public static bool IsAuthority(string header) =>
        string.Equals(header, ":authority", StringComparison.OrdinalIgnoreCase) || string.Equals(header, "host", StringComparison.OrdinalIgnoreCase);
}
