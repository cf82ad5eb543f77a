namespace Mesh.Configuration.Istio;

/// <summary>Names of cipher suites that a listener may list. Source: Istio's ValidCipherSuites, which are BoringSSL's.</summary>
internal static class CipherSuites
{
    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "AES256-GCM-SHA384",
        "AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305", "ECDHE-PSK-CHACHA20-POLY1305", "ECDHE-ECDSA-AES128-SHA",
        "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA", "ECDHE-PSK-AES128-CBC-SHA", "ECDHE-PSK-AES256-CBC-SHA", "AES128-SHA",
        "AES256-SHA", "PSK-AES128-CBC-SHA", "PSK-AES256-CBC-SHA", "DES-CBC3-SHA",
    };

    /// <summary>True for a suite, for <c>ALL</c>, and for an operator expression such as <c>-NAME</c>, which is not looked into.</summary>
    public static bool IsKnown(string name) => name.Length == 0 || name == "ALL" || !char.IsLetterOrDigit(name[0]) || s_names.Contains(name);
}
