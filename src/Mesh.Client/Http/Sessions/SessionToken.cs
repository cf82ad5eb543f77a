using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mesh.Client.Http.Sessions;

/// <summary>
/// What a session's cookie or header says: rule, cluster, endpoint, and when the session began and was last used, in seconds of Unix time.
/// It is encoded, not signed: whoever writes one himself can only choose among the endpoints of the rule.
/// </summary>
/// <param name="Rule">The rule the session belongs to.</param>
/// <param name="Cluster">Fingerprint of the cluster's name.</param>
/// <param name="Endpoint">Address and port.</param>
/// <param name="Began">When the session began.</param>
/// <param name="Used">When it was last used.</param>
internal sealed record SessionToken(uint Rule, uint Cluster, string Endpoint, long Began, long Used)
{
    private const int MaxLength = 512;

    public string Format() => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Rule:x8}|{Cluster:x8}|{Endpoint}|{Began}|{Used}")));

    /// <summary>Reads what <see cref="Format"/> wrote; anything else is no session.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionToken? token)
    {
        token = null;
        if (text is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        if (parts.Length != 5
            || !uint.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rule)
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var cluster)
            || !long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var began)
            || !long.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var used))
        {
            return false;
        }

        token = new SessionToken(rule, cluster, parts[2], began, used);
        return true;
    }
}
