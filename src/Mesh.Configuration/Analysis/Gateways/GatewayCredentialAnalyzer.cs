using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does the Secret exist that a gateway names, where its pods are, with a certificate that is in force and a key?
/// Source: Istio gateway.SecretAnalyzer.
/// </summary>
internal sealed class GatewayCredentialAnalyzer : IAnalyzer
{
    public string Name => "gateway.SecretAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ReferencedResourceNotFound, IstioMessages.InvalidGatewayCredential];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var gateway in input.Gateways)
        {
            // All pods of a gateway are taken to be in one namespace.
            if (input.Pods.All.FirstOrDefault(p => p.Matches(gateway.Spec.Selector)) is not { } pod)
            {
                GatewayPods.Missing(input, report, gateway);
                continue;
            }

            for (var i = 0; i < gateway.Spec.Servers.Count; i++)
            {
                if (gateway.Spec.Servers[i].Tls is { } tls)
                {
                    foreach (var (path, name) in Names(tls))
                    {
                        Check(input, report, gateway.Document, pod.Namespace, $"spec.servers[{i}].tls.{path}", name);
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Path, string Name)> Names(ServerTLSSettingsSpec tls)
    {
        if (tls.CredentialName is { Length: > 0 } name)
        {
            yield return ("credentialName", name);
        }

        for (var i = 0; i < tls.CredentialNames.Count; i++)
        {
            yield return ($"credentialNames[{i}]", tls.CredentialNames[i]);
        }
    }

    private static void Check(AnalysisInput input, AnalysisReport report, AnalysisDocument gateway, string @namespace, string path, string name)
    {
        if (input.Find(DocumentKind.Secret, @namespace, name) is not { } secret)
        {
            // Secrets are rarely kept with the rest; where there are none nothing is known of them.
            if (input.IsWhole || input.OfKind(DocumentKind.Secret).Count > 0)
            {
                report.Add(
                    IstioMessages.ReferencedResourceNotFound, gateway, path,
                    $"credentialName '{name}' not found: there is no such Secret in namespace '{@namespace}', where the gateway's pods are; create it there");
            }
        }
        else if (SecretCertificate.Check(secret, input.TimeProvider.GetUtcNow()) is { } problem)
        {
            report.Add(IstioMessages.InvalidGatewayCredential, gateway, path, $"Secret '{name}' {problem}: TLS handshakes fail");
        }
    }
}
