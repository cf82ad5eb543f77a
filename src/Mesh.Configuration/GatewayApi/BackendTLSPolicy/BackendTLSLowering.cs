using System.Text;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Puts BackendTLSPolicies on clusters. A policy with a port's name beats one without, the older beats the younger. It acts on every call to
/// the Service, from a gateway and from within the mesh. With no certificate left to trust, nobody is trusted: never plain text, never
/// unverified. A DestinationRule that says how to use TLS goes before. Source: GATEWAY_API §12.
/// </summary>
internal sealed class BackendTLSLowering
{
    private readonly GatewayDocuments _documents;
    private readonly ILookup<string, (Typed<BackendTLSPolicySpec> Policy, string? Section)> _byService;

    public BackendTLSLowering(GatewayDocuments documents, ServiceRegistry registry)
    {
        _documents = documents;
        _byService = documents.BackendTLSPolicies
            .SelectMany(policy => policy.Spec.TargetRefs
                .Where(static t => t.Group == GatewayApiGroup.Core && t.Kind == "Service")
                .Select(t => (Service: registry.FullName(t.Name, policy.Namespace), Policy: policy, Section: t.SectionName is { Length: > 0 } section ? section : null)))
            .ToLookup(static t => t.Service, static t => (t.Policy, t.Section), StringComparer.Ordinal);
    }

    public ModelList<ClusterModel> Apply(RegisteredService service, ModelList<ClusterModel> clusters, ProblemSink problems)
    {
        if (!_byService.Contains(service.Name))
        {
            return clusters;
        }

        var list = new List<ClusterModel>(clusters.Count);
        foreach (var cluster in clusters)
        {
            if (Find(service, cluster.Key.Port) is not { } policy)
            {
                list.Add(cluster);
            }
            else if (cluster.Policy.Tls is not null)
            {
                problems.Begin(policy.Document);
                FieldScope.Spec(policy.Document, problems)["targetRefs"].Warning($"{cluster.Policy.Origin} says how TLS is used towards {service.Name} and goes before this policy");
                list.Add(cluster);
            }
            else
            {
                list.Add(cluster with { Policy = cluster.Policy with { Tls = Lower(policy, problems) } });
            }
        }

        return list.ToModelList();
    }

    private Typed<BackendTLSPolicySpec>? Find(RegisteredService service, int number)
    {
        Typed<BackendTLSPolicySpec>? general = null;
        foreach (var (policy, section) in _byService[service.Name])
        {
            if (section is null)
            {
                general ??= policy;
                continue;
            }

            foreach (var port in service.Ports)
            {
                if (port.Number == number && port.Name == section)
                {
                    return policy;
                }
            }
        }

        return general;
    }

    private ClientTls Lower(Typed<BackendTLSPolicySpec> policy, ProblemSink problems)
    {
        var validation = policy.Spec.Validation;
        return new ClientTls
        {
            Mode = ClientTlsMode.Simple,
            Sni = validation.Hostname,
            CaCertificatesPem = validation.CaCertificateRefs.Count == 0 ? null : Certificates(policy, problems),

            // With names given, only they count and the host is for SNI alone.
            SubjectAltNames = [.. validation.SubjectAltNames.Select(static n => n.Type == SubjectAltNameType.URI ? n.Uri : n.Hostname).OfType<string>()],
        };
    }

    private string Certificates(Typed<BackendTLSPolicySpec> policy, ProblemSink problems)
    {
        var pem = new StringBuilder();
        for (var i = 0; i < policy.Spec.Validation.CaCertificateRefs.Count; i++)
        {
            var reference = policy.Spec.Validation.CaCertificateRefs[i];
            if (CaCertificate.Find(reference, policy.Namespace, _documents) is { } text)
            {
                pem.AppendLine(text);
                continue;
            }

            problems.Begin(policy.Document);
            FieldScope.Spec(policy.Document, problems)["validation"]["caCertificateRefs"][i].Warning(
                $"there is no ConfigMap {policy.Namespace}/{reference.Name} with a certificate under '{CaCertificate.Key}'; it adds nobody to those who are trusted");
        }

        return pem.ToString();
    }
}
