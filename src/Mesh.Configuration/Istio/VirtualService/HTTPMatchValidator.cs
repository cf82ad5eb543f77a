using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks the conditions of a rule.</summary>
internal static class HTTPMatchValidator
{
    public static void Validate(FieldScope at, HTTPMatchRequestSpec match, bool inDelegation)
    {
        if (match.Uri is not { Prefix: "" })
        {
            // Istio reads an empty path prefix as "any path".
            at["uri"].StringMatch(match.Uri);
        }

        at["scheme"].StringMatch(match.Scheme);
        at["method"].StringMatch(match.Method);
        at["authority"].StringMatch(match.Authority);
        // A lone star means 'present' and an empty prefix nothing to whatever runs the rule; Istio's admission check refuses both here, and
        // lets the star pass only where a header must not be.
        var isLoad = at.Problems.Purpose == ReadingPurpose.Load;
        Headers(at["headers"], match.Headers, inDelegation, presenceByStar: isLoad);
        Headers(at["withoutHeaders"], match.WithoutHeaders, inDelegation, presenceByStar: true);
        foreach (var (name, value) in match.QueryParams)
        {
            if (!isLoad || value is not { Prefix: "" })
            {
                at["queryParams"][name].StringMatch(value, presenceByStar: isLoad);
            }
        }

        if (match.Port is not 0)
        {
            at["port"].Port(match.Port);
        }

        at["sourceLabels"].Labels(match.SourceLabels);
        for (var i = 0; i < match.Gateways.Count; i++)
        {
            VirtualServiceValidator.MatchGateway(at["gateways"][i], match.Gateways[i]);
        }

        at["sourceNamespace"].Label(match.SourceNamespace);

        if (match.StatPrefix is not null)
        {
            at["statPrefix"].HasNoEffect("it names counters of a proxy; the telemetry of the mesh carries the rule's name");
        }
    }

    private static void Headers(FieldScope at, ModelMap<StringMatchSpec> headers, bool inDelegation, bool presenceByStar)
    {
        foreach (var (name, value) in headers)
        {
            at[name].HeaderName(name);
            if (inDelegation && value is { Exact: null, Prefix: null, Regex: null })
            {
                at[name].Error("a condition without a test cannot be merged between root and delegate; write regex: \"*\" for 'present'");
            }

            at[name].StringMatch(value, presenceByStar);
        }
    }
}
