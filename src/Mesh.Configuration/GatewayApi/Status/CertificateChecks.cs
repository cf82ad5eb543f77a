using System.Security.Cryptography;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Looks whether references to certificates lead to some. A reference into another namespace needs a grant, which is asked for first: what
/// exists there is nobody's business otherwise. Source: GATEWAY_API §15, Gateway API ListenerTLSConfig and FrontendTLSValidation.
/// </summary>
internal sealed class CertificateChecks(GatewayDocuments documents)
{
    private const string RefNotPermitted = "RefNotPermitted";
    private readonly GrantIndex _grants = new(documents.ReferenceGrants);

    /// <summary>Null when a Gateway may use the certificate and its key; else why not.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="kind">Kind of the object that refers to it: a grant for Gateways is none for ListenerSets.</param>
    /// <param name="namespace">Namespace of that object.</param>
    /// <param name="reason">Reason when the reference does not lead to a certificate.</param>
    public Fault? KeyPair(SecretObjectReferenceSpec reference, string kind, string @namespace, string reason)
    {
        if (reference.Group != GatewayApiGroup.Core || reference.Kind != "Secret")
        {
            return new(reason, $"certificates of kind {reference.Group}/{reference.Kind} are not supported; use a Secret");
        }

        var target = reference.Namespace is { Length: > 0 } given ? given : @namespace;
        if (!_grants.Allows(kind, @namespace, reference.Group, reference.Kind, target, reference.Name))
        {
            return new(RefNotPermitted, $"no ReferenceGrant in namespace {target} allows {kind}s of namespace {@namespace} to refer to Secret {reference.Name}");
        }

        if (documents.Secret(target, reference.Name) is not { } secret)
        {
            return new(reason, $"there is no Secret {target}/{reference.Name}");
        }

        return HasPem(secret, "tls.crt", static label => label == "CERTIFICATE") && HasPem(secret, "tls.key", static label => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            ? null
            : new(reason, $"Secret {target}/{reference.Name} has no certificate under tls.crt with its key under tls.key");
    }

    /// <summary>Null when a Gateway may trust the certificates; else why not.</summary>
    public Fault? Trusted(ObjectReferenceSpec reference, string @namespace)
    {
        if (reference.Group != GatewayApiGroup.Core || reference.Kind != "ConfigMap")
        {
            return new("InvalidCACertificateKind", $"trusted certificates of kind {reference.Group}/{reference.Kind} are not supported; use a ConfigMap");
        }

        var target = reference.Namespace is { Length: > 0 } given ? given : @namespace;
        if (!_grants.Allows("Gateway", @namespace, reference.Group, reference.Kind, target, reference.Name))
        {
            return new(RefNotPermitted, $"no ReferenceGrant in namespace {target} allows Gateways of namespace {@namespace} to refer to ConfigMap {reference.Name}");
        }

        var local = new LocalObjectReferenceSpec { Group = reference.Group, Kind = reference.Kind, Name = reference.Name };
        return CaCertificate.Find(local, target, documents) is null ? new("InvalidCACertificateRef", $"there is no ConfigMap {target}/{reference.Name} with a certificate under {CaCertificate.Key}") : null;
    }

    private static bool HasPem(Kubernetes.SecretSpec secret, string key, Func<string, bool> isLabel) =>
        secret.Text(key) is { } text && PemEncoding.TryFind(text, out var fields) && isLabel(text[fields.Label]);
}
