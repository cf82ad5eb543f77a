using System.Globalization;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Kubernetes;

/// <summary>Finds the number behind a named target port: a container port of a Deployment the Service selects.</summary>
internal sealed class TargetPorts(IReadOnlyList<Typed<DeploymentSpec>> deployments)
{
    /// <summary>The target port; 0 for "as the service port", also when the name is nowhere defined.</summary>
    public int Resolve(string? targetPort, string @namespace, ModelMap<string> selector)
    {
        if (targetPort is null || int.TryParse(targetPort, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return targetPort is null ? 0 : int.Parse(targetPort, CultureInfo.InvariantCulture);
        }

        foreach (var deployment in deployments)
        {
            if (deployment.Namespace != @namespace || selector.Count == 0 || !WorkloadSelectorSpec.LabelsMatch(selector, deployment.Spec.PodLabels))
            {
                continue;
            }

            foreach (var port in deployment.Spec.ContainerPorts)
            {
                if (port.Name == targetPort)
                {
                    return port.ContainerPort;
                }
            }
        }

        return 0;
    }
}
