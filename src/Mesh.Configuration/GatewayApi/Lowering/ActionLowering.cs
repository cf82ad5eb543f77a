using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Makes what a rule does. A backend that may not be used or is not there keeps its share, which is answered with 500; with nothing left to
/// send to, so is every request. A copy to such a backend is left out. Filters of the rule act before those of the backend.
/// Source: GATEWAY_API §5, §6.
/// </summary>
internal sealed class ActionLowering(BackendResolver resolver, NamedClusters named, RetryPolicy defaultRetries)
{
    private const int InvalidBackend = 500;
    private static readonly ClusterKey s_nowhere = new("", 0);
    private readonly Dictionary<(RuleSource, bool), RouteAction> _lowered = [];

    /// <param name="route">The route.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="needsGrant">True at a Gateway, false at a Service.</param>
    public RouteAction Lower(RouteSource route, RuleSource rule, bool needsGrant)
    {
        if (!_lowered.TryGetValue((rule, needsGrant), out var action))
        {
            var effects = FilterEffects.Of(rule.Filters);
            action = effects is { Redirect: { } redirect, Failure: null }
                ? redirect with { ResponseHeaders = effects.ResponseHeaders, Cors = effects.Cors }
                : Forward(route, rule, effects, needsGrant);
            _lowered[(rule, needsGrant)] = action;
        }

        return action;
    }

    /// <summary>True when a rule needs to know which part of the path matched.</summary>
    public static bool ReplacesPrefix(RuleSource rule) =>
        FilterEffects.Of(rule.Filters).ReplacesPrefix || rule.BackendRefs.Any(static b => FilterEffects.Of(b.Filters).ReplacesPrefix);

    private ForwardAction Forward(RouteSource route, RuleSource rule, FilterEffects effects, bool needsGrant)
    {
        var mirrors = new List<Mirror>();
        AddMirrors(mirrors, effects.Mirrors, 1, route, needsGrant);
        var cors = effects.Cors;
        var total = rule.BackendRefs.Sum(static b => (double)Math.Max(b.Weight, 0));
        var destinations = new List<RouteDestination>(rule.BackendRefs.Count);
        foreach (var backend in rule.BackendRefs)
        {
            // Weight 0 is never asked, so it cannot disturb either; only sessions that began earlier still reach it.
            var own = FilterEffects.Of(backend.Filters);
            if (backend.Weight > 0)
            {
                destinations.Add(Destination(backend, own, effects.Failure, route, needsGrant));
                cors ??= own.Cors;

                // The model knows copies of a rule only: as many are made as the backend gets requests.
                AddMirrors(mirrors, own.Mirrors, backend.Weight / total, route, needsGrant);
            }
            else if (rule.SessionPersistence is not null && Resolve(backend, route, needsGrant).Reason is null)
            {
                destinations.Add(Destination(backend, own, effects.Failure, route, needsGrant));
            }
        }

        if (total <= 0)
        {
            destinations.Add(new RouteDestination(s_nowhere) { ErrorStatus = effects.Failure ?? InvalidBackend });
        }

        return new ForwardAction
        {
            Destinations = destinations.ToModelList(),
            Rewrite = effects.Rewrite,
            RequestHeaders = effects.RequestHeaders,
            ResponseHeaders = effects.ResponseHeaders,
            Cors = cors,
            Timeout = Limit(rule.Timeouts?.Request),
            Retries = RetryLowering.Lower(rule.Retry, Limit(rule.Timeouts?.BackendRequest), defaultRetries),
            Mirrors = mirrors.ToModelList(),
            SessionPersistence = SessionLowering.Lower(rule.SessionPersistence),
        };
    }

    private RouteDestination Destination(HTTPBackendRefSpec backend, FilterEffects own, int? failure, RouteSource route, bool needsGrant)
    {
        var resolved = Resolve(backend, route, needsGrant);
        return new RouteDestination(resolved.Cluster, backend.Weight)
        {
            RequestHeaders = own.RequestHeaders,
            ResponseHeaders = own.ResponseHeaders,
            Rewrite = own.Rewrite,
            Redirect = resolved.Reason is null && failure is null && own.Failure is null ? own.Redirect : null,
            ErrorStatus = failure ?? own.Failure ?? (resolved.Reason is null ? null : InvalidBackend),
        };
    }

    private void AddMirrors(List<Mirror> mirrors, ModelList<HTTPRequestMirrorFilterSpec> specs, double share, RouteSource route, bool needsGrant)
    {
        foreach (var spec in specs)
        {
            var resolved = Resolve(spec.BackendRef, route, needsGrant);
            var percent = Percent(spec) * share;
            if (resolved.Reason is null && percent > 0)
            {
                mirrors.Add(new Mirror(resolved.Cluster, percent));
            }
        }
    }

    private ResolvedBackend Resolve(BackendObjectReferenceSpec reference, RouteSource route, bool needsGrant)
    {
        var resolved = resolver.Resolve(reference, route.Kind.ToString(), route.Namespace, needsGrant);
        if (resolved.Reason is null)
        {
            named.Add(resolved.Cluster.Service, resolved.Cluster.Port);
        }

        return resolved;
    }

    private static double Percent(HTTPRequestMirrorFilterSpec spec) =>
        spec.Percent ?? (spec.Fraction is { Denominator: > 0 } fraction ? Math.Clamp(100.0 * fraction.Numerator / fraction.Denominator, 0, 100) : 100);

    private static TimeSpan? Limit(TimeSpan? time) => time is { Ticks: > 0 } ? time : null;
}
