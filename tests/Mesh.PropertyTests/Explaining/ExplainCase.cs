using Mesh.Model;
using Mesh.PropertyTests.Routing;

namespace Mesh.PropertyTests.Explaining;

/// <summary>A model and requests to ask it about.</summary>
internal sealed record ExplainCase(MeshModel Model, IReadOnlyList<RequestCase> Requests)
{
    public static ExplainCase Make(int seed)
    {
        var dice = new Dice(seed);
        var requests = new RequestDice(dice);
        return new ExplainCase(new ModelDice(dice).Make(), dice.Some(AgreementTests.Requests, AgreementTests.Requests, requests.Make));
    }

    /// <summary>Cases that say less, the boldest first: one request, fewer services, fewer rules, fewer alternatives, simpler actions.</summary>
    public IEnumerable<ExplainCase> Smaller()
    {
        if (Requests.Count > 1)
        {
            foreach (var request in Requests)
            {
                yield return this with { Requests = [request] };
            }

            yield break;
        }

        foreach (var services in Without(Model.Services))
        {
            yield return this with { Model = Model with { Services = services } };
        }

        for (var i = 0; i < Model.Services.Count; i++)
        {
            foreach (var service in Smaller(Model.Services[i]))
            {
                yield return this with { Model = Model with { Services = Replace(Model.Services, i, service) } };
            }
        }

        foreach (var headers in Without(Requests[0].Headers.ToModelList()))
        {
            yield return this with { Requests = [Requests[0] with { Headers = headers }] };
        }

        if (Requests[0].Host is not null)
        {
            yield return this with { Requests = [Requests[0] with { Host = null }] };
        }
    }

    public override string ToString() => ModelText.Of(Model) + "\n" + string.Join('\n', Requests);

    private static IEnumerable<ServiceModel> Smaller(ServiceModel service)
    {
        foreach (var rules in Without(service.Rules))
        {
            yield return service with { Rules = rules };
        }

        foreach (var clusters in Without(service.Clusters))
        {
            yield return service with { Clusters = clusters };
        }

        for (var i = 0; i < service.Rules.Count; i++)
        {
            foreach (var rule in Smaller(service.Rules[i]))
            {
                yield return service with { Rules = Replace(service.Rules, i, rule) };
            }
        }
    }

    private static IEnumerable<RouteRule> Smaller(RouteRule rule)
    {
        foreach (var matches in Without(rule.Matches))
        {
            if (matches.Count > 0)
            {
                yield return rule with { Matches = matches };
            }
        }

        for (var i = 0; i < rule.Matches.Count; i++)
        {
            foreach (var match in Smaller(rule.Matches[i]))
            {
                yield return rule with { Matches = Replace(rule.Matches, i, match) };
            }
        }

        if (rule.Action.Fault is not null)
        {
            yield return rule with { Action = rule.Action with { Fault = null } };
        }

        if (!rule.Action.ResponseHeaders.IsEmpty)
        {
            yield return rule with { Action = rule.Action with { ResponseHeaders = HeaderOperations.None } };
        }

        if (rule.Action is ForwardAction forward)
        {
            foreach (var smaller in Smaller(forward))
            {
                yield return rule with { Action = smaller };
            }
        }
    }

    private static IEnumerable<RouteMatch> Smaller(RouteMatch match)
    {
        RouteMatch[] smaller =
        [
            match with { Path = null }, match with { Method = null }, match with { Scheme = null }, match with { Authority = null }, match with { Port = null },
            match with { Headers = [] }, match with { QueryParams = [] },
        ];
        return smaller.Where(m => !m.Equals(match));
    }

    private static IEnumerable<ForwardAction> Smaller(ForwardAction forward)
    {
        foreach (var destinations in Without(forward.Destinations))
        {
            if (destinations.Count == 1 || destinations.Any(static d => d.Weight > 0))
            {
                yield return forward with { Destinations = destinations };
            }
        }

        ForwardAction[] smaller = [forward with { Rewrite = null }, forward with { RequestHeaders = HeaderOperations.None }, forward with { Mirrors = [] }];
        foreach (var action in smaller.Where(f => !f.Equals(forward)))
        {
            yield return action;
        }

        for (var i = 0; i < forward.Destinations.Count; i++)
        {
            var destination = forward.Destinations[i];
            RouteDestination[] plainer =
            [
                destination with { RequestHeaders = HeaderOperations.None }, destination with { ResponseHeaders = HeaderOperations.None },
                destination with { Rewrite = null }, destination with { Redirect = null }, destination with { ErrorStatus = null },
            ];
            foreach (var plain in plainer.Where(d => !d.Equals(destination)))
            {
                yield return forward with { Destinations = Replace(forward.Destinations, i, plain) };
            }
        }
    }

    private static IEnumerable<ModelList<T>> Without<T>(ModelList<T> items)
    {
        if (items.Count > 3)
        {
            yield return items.Take(items.Count / 2).ToModelList();
            yield return items.Skip(items.Count / 2).ToModelList();
        }

        for (var i = 0; i < items.Count; i++)
        {
            yield return items.Where((_, index) => index != i).ToModelList();
        }
    }

    private static ModelList<T> Replace<T>(ModelList<T> items, int index, T item) => items.Select((old, i) => i == index ? item : old).ToModelList();
}
