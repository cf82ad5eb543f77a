using System.Buffers.Text;
using System.Text.Json;

namespace Mesh.Configuration.Istio;

/// <summary>A JSON Web Key Set, as far as its form goes. Source: RFC 7517 (sets and keys), RFC 7518 §6 and RFC 8037 (parameters of each type).</summary>
internal static class JwksText
{
    /// <summary>What is wrong with the text, or null; and whether it holds what should stay secret.</summary>
    public static (string? Problem, bool IsPrivate) Check(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return ("jwks parse error: a key set is a JSON object with 'keys'", false);
            }

            if (!root.TryGetProperty("keys", out var keys))
            {
                return (CheckKey(root), IsPrivate(root));
            }

            if (keys.ValueKind != JsonValueKind.Array)
            {
                return ("jwks parse error: 'keys' is not a list", false);
            }

            var isPrivate = false;
            foreach (var key in keys.EnumerateArray())
            {
                if (CheckKey(key) is { } problem)
                {
                    return (problem, false);
                }

                isPrivate |= IsPrivate(key);
            }

            return (null, isPrivate);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            // Half a surrogate pair is no JSON either: in the text it is an argument error, in an escape it shows when the value is read.
            return ($"jwks parse error: {error.Message}", false);
        }
    }

    private static string? CheckKey(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || !key.TryGetProperty("kty", out var type))
        {
            return "jwks parse error: a key needs its type, 'kty'";
        }

        ReadOnlySpan<string> needed = type.ValueKind == JsonValueKind.String ? type.GetString() switch
        {
            "RSA" => ["n", "e"],
            "EC" => ["x", "y"],
            "OKP" => ["x"],
            "oct" => ["k"],
            _ => [],
        } : [];
        if (needed.IsEmpty)
        {
            return $"jwks parse error: '{type}' is no key type; use RSA, EC, OKP or oct";
        }

        foreach (var name in needed)
        {
            if (!key.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String || !IsBase64Url(value.GetString()!))
            {
                return $"jwks parse error: the key needs '{name}' in base64url";
            }
        }

        return null;
    }

    private static bool IsBase64Url(string text) => text.Length > 0 && Base64Url.IsValid(text);

    private static bool IsPrivate(JsonElement key) => key.ValueKind == JsonValueKind.Object && (key.TryGetProperty("d", out _) || key.TryGetProperty("k", out _));
}
