using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Finds what a <c>credentialName</c> stands for among the Secrets of the workload's namespace. What is not there, or not right, refuses connections: they
/// never go out without the certificate that was asked for, nor to a server that was to be checked and is not. At a workload that is no gateway a credential
/// acts only in a rule with a workloadSelector, since a rule for all would hand it to all. Source: Istio ClientTLSSettings.credential_name,
/// buildUpstreamClusterTLSContext, ParseResourceName.
/// </summary>
internal sealed class ClientCredentials
{
    private const string SecretScheme = "kubernetes://";
    private readonly Dictionary<string, Typed<SecretSpec>> _secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, bool IsMutual, bool IsVerified), ClientCredential> _found = [];
    private readonly HashSet<(string Secret, string Field)> _said = [];
    private readonly Workload _workload;
    private readonly bool _isGateway;
    private readonly ProblemSink _problems;

    /// <param name="documents">All documents.</param>
    /// <param name="workload">The calling workload.</param>
    /// <param name="problems">Takes what is wrong with Secrets that are used.</param>
    public ClientCredentials(DocumentSet documents, Workload workload, ProblemSink problems)
    {
        (_workload, _problems) = (workload, problems);
        _isGateway = documents.Gateways.Exists(g => g.Spec.Selector.Count > 0 && WorkloadSelectorSpec.LabelsMatch(g.Spec.Selector, workload.Labels));
        foreach (var secret in documents.Secrets)
        {
            if (secret.Namespace == workload.Namespace)
            {
                _secrets.TryAdd(secret.Name, secret);
            }
        }
    }

    /// <summary>True when a rule's credential acts here.</summary>
    /// <param name="bySelector">True when the rule has a workloadSelector.</param>
    public bool Acts(bool bySelector) => bySelector || _isGateway;

    /// <summary>The credential of TLS settings; null when they name none or their mode has no use for it.</summary>
    public ClientCredential? Find(ClientTLSSettingsSpec tls, bool bySelector)
    {
        if (tls.CredentialName is not { Length: > 0 } name || tls.Mode is not (ClientTLSMode.Simple or ClientTLSMode.Mutual))
        {
            return null;
        }

        var isMutual = tls.Mode == ClientTLSMode.Mutual;
        if (!Acts(bySelector))
        {
            // Istio goes on with the files of the rule, of which there are none: the system's authorities, and no certificate of one's own.
            return isMutual ? Refused($"credentialName '{name}' acts only in a DestinationRule with a workloadSelector, and MUTUAL without a client certificate is no mutual TLS; add the workloadSelector") : null;
        }

        var key = (name, isMutual, tls.InsecureSkipVerify is not true);
        if (!_found.TryGetValue(key, out var credential))
        {
            _found[key] = credential = Create(name, isMutual, key.Item3);
        }

        return credential;
    }

    private ClientCredential Create(string credentialName, bool isMutual, bool isVerified)
    {
        var (name, problem) = NameOf(credentialName);
        if (problem is not null)
        {
            return Refused(problem);
        }

        ClientKeyPair? pair = null;
        if (isMutual)
        {
            if (!_secrets.TryGetValue(name, out var secret))
            {
                return Missing(name);
            }

            if (KeyPair(secret, out pair) is { } fault)
            {
                return fault;
            }
        }

        return isVerified ? WithAuthorities(name, pair) : new ClientCredential { KeyPair = pair };
    }

    /// <summary>The name of the Secret, or why the credential is none of this namespace's Secrets.</summary>
    private (string Name, string? Problem) NameOf(string credentialName)
    {
        var name = credentialName.StartsWith(SecretScheme, StringComparison.Ordinal) ? credentialName[SecretScheme.Length..] : credentialName;
        if (name.Contains("://", StringComparison.Ordinal))
        {
            return (name, $"credentialName '{credentialName}' is not the name of a Secret; other sources of certificates are not supported");
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (name, null)
            : name[..slash] == _workload.Namespace ? (name[(slash + 1)..], null)
            : (name, $"credentialName '{credentialName}' is of another namespace; a workload uses Secrets of its own, which is '{_workload.Namespace}'");
    }

    private ClientCredential? KeyPair(Typed<SecretSpec> secret, out ClientKeyPair? pair)
    {
        pair = null;
        if (CredentialKeys.Pair(secret.Spec) is not { } keys)
        {
            return Fault(secret, secret.Spec.KeysField, "has no client certificate with its key, which MUTUAL needs; put them under 'tls.crt' and 'tls.key' (or 'cert' and 'key')");
        }

        var (certificate, key) = (secret.Spec.Text(keys.Certificate)!, secret.Spec.Text(keys.Key)!);
        if (CredentialPem.CheckCertificate(certificate) is { } badCertificate)
        {
            return Fault(secret, secret.Spec.FieldOf(keys.Certificate), badCertificate);
        }

        if (CredentialPem.CheckKey(certificate, key) is { } badKey)
        {
            return Fault(secret, secret.Spec.FieldOf(keys.Key), badKey);
        }

        pair = new ClientKeyPair(certificate, key);
        return null;
    }

    /// <summary>The Secret for authorities alone goes before the one that holds everything.</summary>
    private ClientCredential WithAuthorities(string name, ClientKeyPair? pair)
    {
        if (!_secrets.TryGetValue(name + CredentialKeys.AuthoritySuffix, out var secret) && !_secrets.TryGetValue(name, out secret))
        {
            return Missing(name);
        }

        if (CredentialKeys.Trust(secret.Spec) is not { } keys)
        {
            var elsewhere = secret.Name == name ? $", or into a Secret '{name}{CredentialKeys.AuthoritySuffix}'" : "";
            return Fault(secret, secret.Spec.KeysField, $"has no authority to check servers with; put it under 'ca.crt' (or 'cacert'){elsewhere}");
        }

        var authorities = secret.Spec.Text(keys.Authorities)!;
        if (CredentialPem.CheckAuthorities(authorities) is { } bad)
        {
            return Fault(secret, secret.Spec.FieldOf(keys.Authorities), bad);
        }

        if (secret.Spec.Text(keys.Revoked) is not null && _said.Add((secret.Name, keys.Revoked)))
        {
            _problems.Begin(secret.Document);
            new FieldScope(secret.Document, _problems, secret.Spec.FieldOf(keys.Revoked)).NotActedOnYet();
        }

        return new ClientCredential { KeyPair = pair, CaCertificatesPem = authorities };
    }

    private ClientCredential Missing(string name) =>
        Refused($"there is no Secret '{name}' in namespace '{_workload.Namespace}', where this workload is, so connections are refused; add the Secret's document, or correct the name");

    private static ClientCredential Refused(string why) => new() { Refusal = why };

    /// <summary>Says once of a Secret what is wrong with it, as an error: its version in force, if it has one, takes its place.</summary>
    private ClientCredential Fault(Typed<SecretSpec> secret, string field, string message)
    {
        if (_said.Add((secret.Name, field)))
        {
            _problems.Begin(secret.Document);
            new FieldScope(secret.Document, _problems, field).Error(message);
        }

        return new ClientCredential { Refusal = $"Secret {secret.Namespace}/{secret.Name} cannot be used: {field} {message}", IsSecretsFault = true };
    }
}
