using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// What a gateway says to a page of another origin. A preflight is answered without asking the backend; a request of an origin that is not
/// allowed goes through all the same, and it is the browser that keeps the answer from the page. With credentials a <c>*</c> would mean
/// nothing to a browser, so what it asks for is repeated instead. Methods that need no permission (GET, HEAD, POST) are not listed unless
/// the policy lists them. Sources: GATEWAY_API §6, GEP-1767, the Fetch standard §3.3.
/// </summary>
internal static class CorsAnswer
{
    private const string Prefix = "Access-Control-";

    /// <summary>The explanation of a request at a gateway, with what the policy of its rule adds.</summary>
    public static Explanation Apply(Explanation explanation, CorsPolicy? policy, RequestFacts request, ConditionCheck conditions)
    {
        if (policy is null || request.Headers.Value("origin") is not { } origin)
        {
            return explanation;
        }

        var isAllowed = policy.AllowOrigins.Any(allowed => conditions.Holds(allowed, origin));
        var method = request.Headers.Value("access-control-request-method");
        if (request.Method != "OPTIONS" || method is null)
        {
            return isAllowed ? explanation with { Response = With(explanation.Response, OfAnswer(policy, origin)) } : explanation;
        }

        if (!isAllowed && policy.ForwardUnmatchedPreflights)
        {
            return explanation;
        }

        return new Explanation
        {
            Outcome = ExplainedOutcome.DirectResponse,
            Status = 200,
            DirectResponse = new ExplainedDirectResponse(200, ""),
            Config = explanation.Config,
            Rule = explanation.Rule,
            ModelRule = explanation.ModelRule,
            ModelMatch = explanation.ModelMatch,
            Response = isAllowed ? With(ExplainedResponse.None, OfPreflight(policy, origin, method, request.Headers.Value("access-control-request-headers"))) : ExplainedResponse.None,
            Notes = [isAllowed ? $"a preflight of {origin}, which is allowed" : $"a preflight of {origin}, which is not allowed"],
        };
    }

    private static IEnumerable<(string Name, string? Value)> OfAnswer(CorsPolicy policy, string origin) =>
    [
        .. OfBoth(policy, origin),
        ("Expose-Headers", Listed(policy.ExposeHeaders, policy, asked: null)),
    ];

    private static IEnumerable<(string Name, string? Value)> OfPreflight(CorsPolicy policy, string origin, string method, string? headers) =>
    [
        .. OfBoth(policy, origin),
        ("Allow-Methods", Listed(policy.AllowMethods, policy, method)),
        ("Allow-Headers", Listed(policy.AllowHeaders, policy, headers)),
        ("Max-Age", policy.MaxAge is { } age ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null),
    ];

    private static IEnumerable<(string Name, string? Value)> OfBoth(CorsPolicy policy, string origin) =>
        [("Allow-Origin", origin), ("Allow-Credentials", policy.AllowCredentials is true ? "true" : null)];

    /// <param name="list">What the policy lists.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="asked">What the browser asks for; null when it asks for nothing.</param>
    private static string? Listed(ModelList<string> list, CorsPolicy policy, string? asked) =>
        list.Count == 0 ? null
        : list.Contains("*") && policy.AllowCredentials is true ? asked
        : string.Join(", ", list);

    private static ExplainedResponse With(ExplainedResponse response, IEnumerable<(string Name, string? Value)> headers)
    {
        var set = new OrderedDictionary<string, string>(response.SetHeaders, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                set[Prefix + name] = value;
            }
        }

        return response with { SetHeaders = set };
    }
}
