using Mesh.Configuration.Expressions;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>
/// What Istio's admission check says of an EnvoyFilter by itself. The values of patches are Envoy's own messages, which only a proxy can
/// check. Source: Istio's ValidateEnvoyFilter.
/// </summary>
internal static class EnvoyFilterValidator
{
    private const string ConnectionManager = "envoy.filters.network.http_connection_manager";
    private const string OldConnectionManager = "envoy.http_connection_manager";

    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (EnvoyFilterSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.Warning("EnvoyFilter exposes internal implementation details that may change at any time; prefer other kinds where they can do it");
        at["workloadSelector"].WorkloadSelector(spec.WorkloadSelector);
        for (var i = 0; i < spec.ConfigPatches.Count; i++)
        {
            Patch(at["configPatches"][i], spec.ConfigPatches[i]);
        }
    }

    // What is missing comes first, and only what is complete can fit together.
    private static void Patch(FieldScope at, EnvoyPatchSpec patch)
    {
        if (patch.ApplyTo is "" or "INVALID")
        {
            at["applyTo"].Error("missing applyTo; name what is patched, such as HTTP_FILTER");
        }
        else if (patch.Patch is not { } edit)
        {
            at["patch"].Error("missing patch; add one with operation and value");
        }
        else if (edit.Operation is "" or "INVALID")
        {
            at["patch"]["operation"].Error("missing patch operation; write MERGE, ADD, REMOVE or another");
        }
        else if (edit.Operation != "REMOVE" && !edit.HasValue)
        {
            at["patch"]["value"].Error("missing patch value for non-remove operation; add it");
        }
        else if (patch.ProxyVersion.Length > 0 && Re2.Check(patch.ProxyVersion) is { } problem)
        {
            at["match"]["proxy"]["proxyVersion"].Error(problem);
        }
        else
        {
            Match(at["match"], patch);
        }
    }

    private static void Match(FieldScope at, EnvoyPatchSpec patch)
    {
        var wanted = patch.ApplyTo switch
        {
            "LISTENER" or "FILTER_CHAIN" or "NETWORK_FILTER" or "HTTP_FILTER" => "listener",
            "ROUTE_CONFIGURATION" or "VIRTUAL_HOST" or "HTTP_ROUTE" => "routeConfiguration",
            "CLUSTER" => "cluster",
            _ => null,
        };

        // A waypoint has a match of its own, for whatever is patched in it.
        if (wanted is not null && patch.MatchedObject is not (null or "waypoint") && patch.MatchedObject != wanted)
        {
            at[patch.MatchedObject].Error($"applyTo {patch.ApplyTo} cannot have a match on {patch.MatchedObject}; match on {wanted}");
        }
        else if (wanted == "listener" && patch.Filter is { } filter)
        {
            Filter(at["listener"]["filterChain"]["filter"], filter, patch.ApplyTo);
        }
    }

    private static void Filter(FieldScope at, EnvoyFilterNameSpec filter, string applyTo)
    {
        if (applyTo is "LISTENER" or "FILTER_CHAIN")
        {
            at.Warning($"filter match has no effect when used with {applyTo}; remove it");
        }

        if (filter.Name.Length == 0)
        {
            at["name"].Error("filter match has no name to match on; name the filter");
        }
        else if (filter.SubFilter is { } inner)
        {
            if (applyTo != "HTTP_FILTER")
            {
                at["subFilter"].Error("subfilter match can be used with applyTo HTTP_FILTER only");
            }
            else if (filter.Name is not (ConnectionManager or OldConnectionManager))
            {
                at["subFilter"].Error($"subfilter match requires filter match with {ConnectionManager}");
            }
            else if (inner.Length == 0)
            {
                at["subFilter"]["name"].Error("subfilter match has no name to match on; name the filter");
            }
        }
    }
}
