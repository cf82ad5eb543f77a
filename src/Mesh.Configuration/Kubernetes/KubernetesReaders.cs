using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Kubernetes;

/// <summary>Reads what a mesh looks at in Kubernetes' own kinds. The rest of such a document is none of its business, so unknown fields are right.</summary>
internal static class KubernetesReaders
{
    public static ServiceSpec Service(ObjectReader reader)
    {
        var spec = new ServiceSpec
        {
            Type = reader.Text("type"),
            Selector = reader.StringMap("selector"),
            Ports = reader.List("ports", ServicePort),
            ClusterIP = reader.Text("clusterIP"),
            ExternalName = reader.Text("externalName"),
        };
        reader.IgnoreRest();
        return spec;
    }

    public static DeploymentSpec Deployment(ObjectReader reader)
    {
        var selector = reader.Object("selector", static r =>
        {
            var labels = r.StringMap("matchLabels");
            r.IgnoreRest();
            return labels;
        });
        var template = reader.Object("template", PodTemplate);
        var spec = (template ?? new DeploymentSpec()) with { Replicas = reader.Int32("replicas", 0), MatchLabels = selector ?? Model.ModelMap<string>.Empty };
        reader.IgnoreRest();
        return spec;
    }

    private static ServicePortSpec ServicePort(ObjectReader reader)
    {
        var port = new ServicePortSpec
        {
            Name = reader.Text("name"),
            Port = reader.RequiredInt("port"),
            Protocol = reader.Text("protocol"),
            AppProtocol = reader.Text("appProtocol"),
            TargetPort = reader.StringOrNumber("targetPort"),
        };
        reader.IgnoreRest();
        return port;
    }

    private static DeploymentSpec PodTemplate(ObjectReader reader)
    {
        var labels = reader.Object("metadata", static r =>
        {
            var map = r.StringMap("labels");
            r.IgnoreRest();
            return map;
        });
        var pod = reader.Object("spec", static r =>
        {
            var spec = new DeploymentSpec
            {
                ServiceAccountName = r.Text("serviceAccountName"),
                ContainerPorts = [.. r.List("containers", Container).SelectMany(static ports => ports)],
            };
            r.IgnoreRest();
            return spec;
        });
        reader.IgnoreRest();
        return (pod ?? new DeploymentSpec()) with { PodLabels = labels ?? Model.ModelMap<string>.Empty };
    }

    private static Model.ModelList<ContainerPortSpec> Container(ObjectReader reader)
    {
        var ports = reader.List("ports", static r =>
        {
            var port = new ContainerPortSpec { Name = r.Text("name"), ContainerPort = r.RequiredInt("containerPort") };
            r.IgnoreRest();
            return port;
        });
        reader.IgnoreRest();
        return ports;
    }
}
