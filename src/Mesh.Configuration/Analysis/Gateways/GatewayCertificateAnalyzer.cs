using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Do gateways of the same workloads use one certificate for different hosts? A browser then re-uses its HTTP/2 connection to the other
/// gateway's host and gets 404. Source: Istio gateway.CertificateAnalyzer.
/// </summary>
internal sealed class GatewayCertificateAnalyzer : IAnalyzer
{
    public string Name => "gateway.CertificateAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.GatewayDuplicateCertificate];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var gateway in input.Gateways)
        {
            foreach (var other in input.Gateways)
            {
                if (other.Document == gateway.Document || !Selectors.Contains(gateway.Spec.Selector, other.Spec.Selector))
                {
                    continue;
                }

                for (var i = 0; i < gateway.Spec.Servers.Count; i++)
                {
                    foreach (var server in other.Spec.Servers)
                    {
                        if (IsSame(gateway.Spec.Servers[i].Tls, server.Tls))
                        {
                            report.Add(
                                IstioMessages.GatewayDuplicateCertificate, gateway.Document, $"spec.servers[{i}].tls",
                                $"{other.Document.Resource} uses the same certificate: clients that re-use HTTP/2 connections may get 404; use one Gateway, or a certificate each");
                        }
                    }
                }
            }
        }
    }

    private static bool IsSame(ServerTLSSettingsSpec? left, ServerTLSSettingsSpec? right)
    {
        if (left is null || right is null || string.IsNullOrEmpty(left.CredentialName) != string.IsNullOrEmpty(right.CredentialName))
        {
            return false;
        }

        return !string.IsNullOrEmpty(left.CredentialName)
            ? left.CredentialName == right.CredentialName
            : !string.IsNullOrEmpty(left.ServerCertificate) && left.ServerCertificate == right.ServerCertificate
                && !string.IsNullOrEmpty(left.PrivateKey) && left.PrivateKey == right.PrivateKey;
    }
}
