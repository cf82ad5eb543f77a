using System.Globalization;
using System.Text;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>What a rule does with a request that it matched.</summary>
internal sealed class ActionExplainer(ClusterLookup clusters)
{
    private readonly BackendRequests _requests = new();

    /// <param name="rule">The rule.</param>
    /// <param name="match">The alternative that held; null when the rule has none.</param>
    /// <param name="request">The request.</param>
    /// <param name="asked">The service that was asked; null at a gateway.</param>
    public Explanation Explain(RouteRule rule, RouteMatch? match, RequestFacts request, ServiceModel? asked)
    {
        var common = new Explanation
        {
            Outcome = ExplainedOutcome.Route,
            Config = rule.Origin?.ToString(),
            Rule = new ExplainedRule(rule.Index, WrittenName(rule), PositionOf(rule, match)),
            ModelRule = rule,
            ModelMatch = match,
            Fault = FaultOf(rule.Action.Fault),
            Response = ResponseEdits.Of(rule.Action.ResponseHeaders),
        };
        return rule.Action switch
        {
            RedirectAction redirect => Redirected(common, RedirectTarget.Of(redirect, request, match?.Path)),
            DirectResponseAction direct => common with
            {
                Outcome = ExplainedOutcome.DirectResponse,
                Status = direct.StatusCode,
                DirectResponse = new ExplainedDirectResponse(direct.StatusCode, Encoding.UTF8.GetString(direct.Body.Span)),
            },
            _ => Forward(common, (ForwardAction)rule.Action, match, request, asked),
        };
    }

    private Explanation Forward(Explanation common, ForwardAction forward, RouteMatch? match, RequestFacts request, ServiceModel? asked)
    {
        // One entry without weight gets everything; of several, zero means never.
        RouteDestination[] taken = forward.Destinations.Count == 1 ? [forward.Destinations[0]] : [.. forward.Destinations.Where(static d => d.Weight > 0)];
        var total = taken.Sum(static d => (double)Math.Max(d.Weight, 1));
        var notes = new List<string>();
        var destinations = new List<ExplainedDestination>(taken.Length);
        foreach (var destination in taken)
        {
            destinations.Add(Destination(destination, forward, match, request, asked, Math.Max(destination.Weight, 1) / total, notes));
        }

        var mirrors = new List<ExplainedMirror>();
        foreach (var mirror in forward.Mirrors)
        {
            var target = clusters.Find(mirror.Cluster, request.Port, asked);
            if (target.Exists)
            {
                mirrors.Add(new ExplainedMirror(target.Key.ToString(), mirror.Percent));
            }
            else
            {
                notes.Add($"no copy is sent: {target.Problem}");
            }
        }

        var (response, ofDestinations) = ResponseEdits.Divide(forward.ResponseHeaders, taken);
        for (var i = 0; i < taken.Length; i++)
        {
            destinations[i] = destinations[i] with { Response = ofDestinations[i] };
        }

        var explanation = common with
        {
            Destinations = destinations,
            Response = response,
            Timeout = forward.Timeout,
            Retries = new ExplainedRetries(forward.Retries.Attempts, forward.Retries.PerTryTimeout, RetryTokens.Of(forward.Retries)),
            Mirrors = mirrors,
            Notes = notes,
        };

        // When no share is sent anywhere, the answer is the mesh's own.
        if (destinations.TrueForAll(static d => d.Redirect is not null))
        {
            return Redirected(explanation, destinations[0].Redirect!);
        }

        return destinations.TrueForAll(static d => d.Status is not null)
            ? explanation with { Outcome = ExplainedOutcome.Error, Status = destinations[0].Status }
            : explanation;
    }

    private ExplainedDestination Destination(
        RouteDestination destination, ForwardAction forward, RouteMatch? match, RequestFacts request, ServiceModel? asked, double share, List<string> notes)
    {
        var cluster = clusters.Find(destination.Cluster, request.Port, asked);
        var (@namespace, name) = clusters.NameOf(cluster);
        var redirect = destination.Redirect is { } action ? RedirectTarget.Of(action, request, match?.Path) : null;
        var status = redirect is not null ? null : destination.ErrorStatus ?? (cluster.Exists ? null : (int?)503);
        if (status is not null)
        {
            var problem = destination.ErrorStatus is null || !cluster.IsNamed ? cluster.Problem : $"{cluster.Key.Service} does not exist or may not be used";
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"answered with {status}: {problem}"));
        }

        return new ExplainedDestination
        {
            Host = cluster.Key.Service ?? "",
            Namespace = @namespace,
            Service = name,
            Port = cluster.Key.Port,
            Subset = cluster.Key.Subset,
            Weight = destination.Weight,
            Share = share,
            Cluster = cluster.Key.ToString(),
            Endpoints = status is null && redirect is null ? ClusterLookup.EndpointsOf(cluster, request) : [],
            LoadBalancer = cluster.Model is { } model ? ClusterLookup.LoadBalancerOf(model) : null,
            ConsistentHash = cluster.Model?.Policy.LoadBalancing.ConsistentHash,
            Request = status is null && redirect is null ? _requests.Make(request, forward, destination, match?.Path) : null,
            Status = status,
            Redirect = redirect,
        };
    }

    private static Explanation Redirected(Explanation explanation, ExplainedRedirect redirect) =>
        explanation with { Outcome = ExplainedOutcome.Redirect, Status = redirect.Status, Redirect = redirect };

    private static ExplainedFault? FaultOf(Fault? fault) => fault is null ? null : new ExplainedFault(
        fault.Delay is { } delay ? new ExplainedDelay(delay, fault.DelayPercent) : null,
        fault.AbortHttpStatus is not null || fault.AbortGrpcStatus is not null
            ? new ExplainedAbort(fault.AbortHttpStatus, fault.AbortGrpcStatus, fault.AbortPercent)
            : null);

    /// <summary>Rules without a name are given one by their place, which is no name that anybody wrote.</summary>
    private static string? WrittenName(RouteRule rule) =>
        rule.Name.Length == 0 || (rule.Origin is { } origin && rule.Name.StartsWith($"{origin.Namespace}/{origin.Name}#", StringComparison.Ordinal)) ? null : rule.Name;

    private static int? PositionOf(RouteRule rule, RouteMatch? match)
    {
        for (var i = 0; match is not null && i < rule.Matches.Count; i++)
        {
            if (ReferenceEquals(rule.Matches[i], match))
            {
                return match.Index ?? i;
            }
        }

        return null;
    }
}
