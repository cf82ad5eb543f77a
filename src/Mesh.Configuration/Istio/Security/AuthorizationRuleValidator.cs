using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks one rule of an AuthorizationPolicy. Source: Istio's admission check.</summary>
internal static class AuthorizationRuleValidator
{
    public static void Validate(FieldScope at, AuthorizationRuleSpec rule, AuthorizationAction action)
    {
        From(at["from"], rule.From, action);
        To(at["to"], rule.To);
        for (var i = 0; i < rule.When.Count; i++)
        {
            Condition(at["when"][i], rule.When[i], action);
        }

        if (action == AuthorizationAction.Deny && DeniesAllTcp(rule))
        {
            at.Warning("HTTP attributes alone in a DENY rule deny all traffic to TCP ports; name the ports the rule is for");
        }
    }

    private static void From(FieldScope at, ModelList<AuthorizationSourceSpec?>? from, AuthorizationAction action)
    {
        if (from is { Count: 0 })
        {
            at.Error("'from' must not be empty; add a source, or remove it");
        }

        for (var i = 0; i < (from?.Count ?? 0); i++)
        {
            if (from![i] is not { } source)
            {
                at[i].Error("'from.source' must not be nil; add a source");
                continue;
            }

            Source(at[i]["source"], source);
            if (action == AuthorizationAction.Custom)
            {
                NotWithCustom(at[i]["source"], source);
            }
        }
    }

    private static void Source(FieldScope at, AuthorizationSourceSpec source)
    {
        if (source == new AuthorizationSourceSpec())
        {
            at.Error("'from.source' must not be empty; add a field such as 'principals'");
        }

        if (source.ServiceAccounts.Count + source.NotServiceAccounts.Count > 0
            && source.Principals.Count + source.NotPrincipals.Count + source.Namespaces.Count + source.NotNamespaces.Count > 0)
        {
            at.Error("Cannot set serviceAccounts with namespaces or principals; use sources of their own");
        }

        foreach (var (name, values) in (ReadOnlySpan<(string, ModelList<string>)>)[
            ("principals", source.Principals), ("notPrincipals", source.NotPrincipals), ("requestPrincipals", source.RequestPrincipals),
            ("notRequestPrincipals", source.NotRequestPrincipals), ("namespaces", source.Namespaces), ("notNamespaces", source.NotNamespaces),
            ("ipBlocks", source.IpBlocks), ("notIpBlocks", source.NotIpBlocks), ("remoteIpBlocks", source.RemoteIpBlocks), ("notRemoteIpBlocks", source.NotRemoteIpBlocks),
            ("serviceAccounts", source.ServiceAccounts), ("notServiceAccounts", source.NotServiceAccounts), ("trustDomains", source.TrustDomains), ("notTrustDomains", source.NotTrustDomains)])
        {
            AuthorizationValues.NotEmpty(at[name], values);
        }

        AuthorizationValues.Addresses(at["ipBlocks"], source.IpBlocks);
        AuthorizationValues.Addresses(at["notIpBlocks"], source.NotIpBlocks);
        AuthorizationValues.Addresses(at["remoteIpBlocks"], source.RemoteIpBlocks);
        AuthorizationValues.Addresses(at["notRemoteIpBlocks"], source.NotRemoteIpBlocks);
        AuthorizationValues.ServiceAccounts(at["serviceAccounts"], source.ServiceAccounts);
        AuthorizationValues.ServiceAccounts(at["notServiceAccounts"], source.NotServiceAccounts);
    }

    // An external authorizer is asked before identities are known.
    private static void NotWithCustom(FieldScope at, AuthorizationSourceSpec source)
    {
        foreach (var (name, values) in (ReadOnlySpan<(string, ModelList<string>)>)[
            ("namespaces", source.Namespaces), ("notNamespaces", source.NotNamespaces), ("serviceAccounts", source.ServiceAccounts),
            ("notServiceAccounts", source.NotServiceAccounts), ("principals", source.Principals), ("notPrincipals", source.NotPrincipals),
            ("requestPrincipals", source.RequestPrincipals), ("notRequestPrincipals", source.NotRequestPrincipals), ("trustDomains", source.TrustDomains),
            ("notTrustDomains", source.NotTrustDomains)])
        {
            if (values.Count > 0)
            {
                at[name].Error("is currently not supported with CUSTOM action; use ipBlocks, or an ALLOW policy beside it");
            }
        }
    }

    private static void To(FieldScope at, ModelList<AuthorizationOperationSpec?>? to)
    {
        if (to is { Count: 0 })
        {
            at.Error("'to' must not be empty; add an operation, or remove it");
        }

        for (var i = 0; i < (to?.Count ?? 0); i++)
        {
            if (to![i] is not { } operation)
            {
                at[i].Error("'to.operation' must not be nil; add an operation");
                continue;
            }

            Operation(at[i]["operation"], operation);
        }
    }

    private static void Operation(FieldScope at, AuthorizationOperationSpec operation)
    {
        if (operation == new AuthorizationOperationSpec())
        {
            at.Error("'to.operation' must not be empty; add a field such as 'paths'");
        }

        foreach (var (name, values) in (ReadOnlySpan<(string, ModelList<string>)>)[
            ("hosts", operation.Hosts), ("notHosts", operation.NotHosts), ("ports", operation.Ports), ("notPorts", operation.NotPorts),
            ("methods", operation.Methods), ("notMethods", operation.NotMethods), ("paths", operation.Paths), ("notPaths", operation.NotPaths)])
        {
            AuthorizationValues.NotEmpty(at[name], values);
        }

        AuthorizationValues.Ports(at["ports"], operation.Ports);
        AuthorizationValues.Ports(at["notPorts"], operation.NotPorts);
        AuthorizationValues.Paths(at["paths"], operation.Paths);
        AuthorizationValues.Paths(at["notPaths"], operation.NotPaths);
    }

    private static void Condition(FieldScope at, AuthorizationConditionSpec condition, AuthorizationAction action)
    {
        var key = condition.Key;
        if (key.Length == 0)
        {
            at["key"].Error("'key' must not be empty; name an attribute such as source.ip");
            return;
        }

        if (condition.Values.Count == 0 && condition.NotValues.Count == 0)
        {
            at.Error($"at least one of 'values' or 'notValues' must be set for key {key}");
            return;
        }

        AuthorizationAttributes.Validate(at["values"], key, condition.Values);
        AuthorizationAttributes.Validate(at["notValues"], key, condition.NotValues);
        if (action == AuthorizationAction.Custom && (key is "source.namespace" or "source.serviceAccount" or "source.principal" or "source.trustDomain" || key.StartsWith("request.auth.", StringComparison.Ordinal)))
        {
            at["key"].Error($"{key} is currently not supported with CUSTOM action");
        }
    }

    // On a TCP connection HTTP fields cannot be compared, and a DENY rule then counts as matching.
    private static bool DeniesAllTcp(AuthorizationRuleSpec rule)
    {
        var sources = rule.From?.Where(static s => s is not null).ToArray() ?? [];
        var operations = rule.To?.Where(static o => o is not null).ToArray() ?? [];
        var tcpSource = sources.Any(static s =>
            s!.Principals.Count + s.NotPrincipals.Count + s.IpBlocks.Count + s.NotIpBlocks.Count + s.Namespaces.Count + s.NotNamespaces.Count + s.RemoteIpBlocks.Count
            + s.NotRemoteIpBlocks.Count + s.ServiceAccounts.Count + s.NotServiceAccounts.Count + s.TrustDomains.Count + s.NotTrustDomains.Count > 0);
        var tcpOperation = operations.Any(static o => o!.Ports.Count + o.NotPorts.Count > 0);
        return (sources.Length > 0 && operations.Length == 0 && !tcpSource) || (operations.Length > 0 && !tcpOperation);
    }
}
