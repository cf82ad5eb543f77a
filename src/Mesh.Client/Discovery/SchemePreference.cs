using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Discovery;

/// <summary>
/// Which schemes an endpoint may have, best first: those the name asks for, narrowed to the allowed ones.
/// Source: ServiceDiscoveryOptions.ApplyAllowedSchemes and the filter of the configuration provider of Microsoft.Extensions.ServiceDiscovery.
/// Repaired: asking only for schemes that are not allowed finds nothing there (the original drops the filter).
/// </summary>
internal sealed class SchemePreference
{
    private readonly bool _any;

    private SchemePreference(ModelList<string> ordered, bool any) => (Ordered, _any) = (ordered, any);

    /// <summary>The schemes in order of preference; for a name without one: <c>https</c>, then <c>http</c>.</summary>
    public ModelList<string> Ordered { get; }

    public static SchemePreference Of(ServiceQuery query, IList<string> allowed)
    {
        if (allowed.Count == 0)
        {
            return query.Schemes.Count == 0 ? new(["https", "http"], any: true) : new(query.Schemes, any: false);
        }

        var permitted = allowed.Select(static scheme => scheme.ToLowerInvariant());
        return new(query.Schemes.Count == 0 ? permitted.ToModelList() : query.Schemes.Where(permitted.Contains).ToModelList(), any: false);
    }

    /// <summary>Keeps the endpoints without a scheme, and of the others those that have the best scheme among them.</summary>
    public IEnumerable<MeshEndpoint> Filter(IReadOnlyCollection<MeshEndpoint> endpoints)
    {
        if (_any)
        {
            return endpoints;
        }

        string? best = null;
        foreach (var scheme in Ordered)
        {
            if (endpoints.Any(endpoint => endpoint.Scheme == scheme))
            {
                best = scheme;
                break;
            }
        }

        return endpoints.Where(endpoint => endpoint.Scheme is null || endpoint.Scheme == best);
    }
}
