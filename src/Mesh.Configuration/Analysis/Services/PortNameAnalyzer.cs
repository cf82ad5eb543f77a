using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does the name or appProtocol of every port say a protocol? Istio guesses it otherwise; a process takes the port for HTTP.
/// Source: Istio service.PortNameAnalyzer and its protocol selection.
/// </summary>
internal sealed class PortNameAnalyzer : IAnalyzer
{
    public string Name => "service.PortNameAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.PortNameIsNotUnderNamingConvention, IstioMessages.ExternalNameServiceTypeInvalidPortName];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var service in input.Services)
        {
            if (IsIstiosOwn(service.Document))
            {
                continue;
            }

            for (var i = 0; i < service.Spec.Ports.Count; i++)
            {
                var port = service.Spec.Ports[i];
                var isExternal = service.Spec.Type == "ExternalName";
                if (SaysProtocol(port) && !(isExternal && port.Name == "tcp"))
                {
                    continue;
                }

                if (isExternal)
                {
                    report.Add(
                        IstioMessages.ExternalNameServiceTypeInvalidPortName, service.Document, $"spec.ports[{i}]",
                        $"port name '{port.Name}' of an ExternalName service: TCP to it may catch other traffic; name the port by its protocol, such as 'http' or 'tls'");
                }
                else
                {
                    report.Add(
                        IstioMessages.PortNameIsNotUnderNamingConvention, service.Document, $"spec.ports[{i}]",
                        $"port {port.Port} {(port.Name is null ? "has no name" : $"('{port.Name}') says no protocol")}: Istio guesses the protocol, a process takes HTTP; call it 'http-…', 'grpc-…', … or set appProtocol");
                }
            }
        }
    }

    private static bool IsIstiosOwn(AnalysisDocument service) =>
        service.Labels.TryGetValue("istio", out _)
        || (service.Labels.TryGetValue("release", out var release) && release == "istio")
        || (service.Labels.TryGetValue("gateway.istio.io/managed", out var managed) && managed is "istio.io-gateway-controller" or "istio.io-mesh-controller" or "istio.io-eastwest-controller");

    private static bool SaysProtocol(ServicePortSpec port)
    {
        if (port.Protocol == "UDP" || port.Port is 25 or 53 or 3306 or 27017)
        {
            return true;
        }

        if (port.AppProtocol is "kubernetes.io/h2c" or "kubernetes.io/ws" or "kubernetes.io/wss")
        {
            return true;
        }

        var name = port.AppProtocol ?? port.Name ?? "";
        if (name.StartsWith("grpc-web", StringComparison.OrdinalIgnoreCase) || name.StartsWith("double-hbone", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return ProtocolName.IsKnown(dash < 0 ? name : name[..dash]);
    }
}
