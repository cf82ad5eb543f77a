using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// Alternatives of VirtualServices that are not for the caller at all. They are gone before a model is made, so no request is held against them; a person who
/// wonders where a rule has gone wants to hear of them all the same. Source: ISTIO §2 Order, sourceLabels and gateways.
/// </summary>
internal static class CallerConditions
{
    /// <summary>What does not hold for the caller, a place and a reason each.</summary>
    /// <param name="documents">All documents.</param>
    /// <param name="workload">The caller.</param>
    /// <param name="service">Full name of the service that was asked.</param>
    public static IEnumerable<(string Place, string Because)> NotMet(IReadOnlyList<ConfigDocument> documents, Workload workload, string service)
    {
        foreach (var document in documents)
        {
            if (document.Spec is not VirtualServiceSpec spec || !Speaks(spec, document.Metadata.Namespace, workload, service))
            {
                continue;
            }

            if (spec.Gateways.Count > 0 && !spec.Gateways.Contains(VirtualServiceValidator.MeshGateway))
            {
                yield return (document.Origin.ToString(), $"it is for gateways {string.Join(", ", spec.Gateways)} and not for the mesh");
                continue;
            }

            for (var i = 0; i < spec.Http.Count; i++)
            {
                for (var j = 0; j < spec.Http[i].Match.Count; j++)
                {
                    if (FirstFailure(spec.Http[i].Match[j], workload) is { } failure)
                    {
                        yield return ($"{document.Origin} rule {i} match {j}", failure);
                    }
                }
            }
        }
    }

    private static bool Speaks(VirtualServiceSpec spec, string @namespace, Workload workload, string service) =>
        spec.Hosts.Any(host => HostName.IsWithin(service, HostName.Expand(host, @namespace, workload.DomainSuffix).ToLowerInvariant()));

    private static string? FirstFailure(HTTPMatchRequestSpec match, Workload workload)
    {
        // A match that names gateways is not held against labels and namespace.
        if (match.Gateways.Count > 0)
        {
            return match.Gateways.Contains(VirtualServiceValidator.MeshGateway) ? null : $"gateways: {string.Join(", ", match.Gateways)}, not mesh";
        }

        foreach (var (name, value) in match.SourceLabels)
        {
            if (workload.Labels.GetValueOrDefault(name) is var actual && actual != value)
            {
                return $"sourceLabels {name}: \"{value}\" ≠ {(actual is null ? "absent" : $"\"{actual}\"")}";
            }
        }

        return match.SourceNamespace is { } @namespace && @namespace != workload.Namespace ? $"sourceNamespace: \"{@namespace}\" ≠ \"{workload.Namespace}\"" : null;
    }
}
