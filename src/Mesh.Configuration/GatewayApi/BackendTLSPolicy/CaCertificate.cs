namespace Mesh.Configuration.GatewayApi;

/// <summary>Trusted certificates that a policy refers to: a ConfigMap of its namespace, key <c>ca.crt</c>.</summary>
internal static class CaCertificate
{
    public const string Key = "ca.crt";

    /// <summary>The certificates as PEM; null when the reference is of another kind, leads nowhere, or there is no certificate.</summary>
    public static string? Find(LocalObjectReferenceSpec reference, string @namespace, GatewayDocuments documents) =>
        reference.Group == GatewayApiGroup.Core && reference.Kind == "ConfigMap"
            && documents.ConfigMap(@namespace, reference.Name)?.Data.GetValueOrDefault(Key) is { } text
            && text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
            ? text
            : null;
}
