using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Kubernetes;

/// <summary>Checks what a mesh looks at in a Kubernetes Service.</summary>
internal static class ServiceValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (ServiceSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            at["ports"][i]["port"].Port(port.Port);
            if (int.TryParse(port.TargetPort, out var target))
            {
                at["ports"][i]["targetPort"].Port(target);
            }

            if (spec.Ports.Count > 1 && port.Name is null)
            {
                at["ports"][i]["name"].Warning("a service with several ports needs a name for each; Kubernetes refuses it");
            }
            else if (port.Name is { } name && !names.Add(name))
            {
                at["ports"][i]["name"].Warning($"another port is called '{name}'; Kubernetes refuses it");
            }
        }

        if (spec.Type == "ExternalName" && spec.ExternalName is null)
        {
            at["externalName"].Error("a service of type ExternalName needs it");
        }
    }
}
