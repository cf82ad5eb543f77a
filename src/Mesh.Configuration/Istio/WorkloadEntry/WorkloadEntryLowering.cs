using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes an endpoint of a WorkloadEntry.</summary>
internal static class WorkloadEntryLowering
{
    /// <summary>The endpoint; null when nothing in process can reach it.</summary>
    public static MeshEndpoint? Lower(WorkloadEntrySpec spec, string? instanceName)
    {
        if (spec.Address is not { } address || WorkloadEntryValidator.IsUnixPath(address))
        {
            return null;
        }

        return new MeshEndpoint
        {
            Address = address.Trim('[', ']'),
            PortsByName = spec.Ports,
            Labels = spec.Labels,
            // As in Istio, 0 is "not said", and everybody starts equal.
            Weight = spec.Weight is > 0 and var weight ? weight : 1,
            Locality = Locality.Parse(spec.Locality),
            ServiceAccount = spec.ServiceAccount,
            InstanceName = instanceName,
        };
    }
}
