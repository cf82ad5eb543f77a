using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Is there a CA to check the server with where a DestinationRule speaks TLS? A credential brings its own, but only a rule with a
/// workloadSelector may use one outside of gateways. Source: Istio destinationrule.CaCertificateAnalyzer.
/// </summary>
internal sealed class ServerVerificationAnalyzer : IAnalyzer
{
    public string Name => "destinationrule.CaCertificateAnalyzer";

    public IReadOnlyList<MessageType> Reports =>
        [IstioMessages.NoServerCertificateVerificationDestinationLevel, IstioMessages.NoServerCertificateVerificationPortLevel];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var rule in input.DestinationRules)
        {
            var bySelector = rule.Spec.WorkloadSelector is not null;
            if (IsUnverified(rule.Spec.TrafficPolicy?.Tls, bySelector))
            {
                report.Add(
                    IstioMessages.NoServerCertificateVerificationDestinationLevel, rule.Document, "spec.trafficPolicy.tls",
                    $"TLS to {rule.Spec.Host} without 'caCertificates': Istio does not check the server, a process checks it with the system's CAs; name the CA");
            }

            var ports = rule.Spec.TrafficPolicy?.PortLevelSettings ?? [];
            for (var i = 0; i < ports.Count; i++)
            {
                if (IsUnverified(ports[i].Tls, bySelector))
                {
                    report.Add(
                        IstioMessages.NoServerCertificateVerificationPortLevel, rule.Document, $"spec.trafficPolicy.portLevelSettings[{i}].tls",
                        $"TLS to {rule.Spec.Host}:{ports[i].Port.Number} without 'caCertificates': Istio does not check the server, a process checks it with the system's CAs; name the CA");
                }
            }
        }
    }

    private static bool IsUnverified(ClientTLSSettingsSpec? tls, bool bySelector) =>
        tls is { Mode: ClientTLSMode.Simple or ClientTLSMode.Mutual } && string.IsNullOrEmpty(tls.CaCertificates)
        && !(bySelector && !string.IsNullOrEmpty(tls.CredentialName));
}
