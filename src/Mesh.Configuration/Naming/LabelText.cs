namespace Mesh.Configuration.Naming;

/// <summary>Syntax of labels. Source: Kubernetes labels; Istio's Instance.Validate.</summary>
internal static class LabelText
{
    private const int MaxName = 63;
    private const int MaxPrefix = 253;

    /// <summary>Null for a label's name, <c>[prefix/]name</c>; else what is wrong with it.</summary>
    public static string? CheckKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key.AsSpan(slash + 1);
        if (name.IsEmpty || !IsName(name))
        {
            return $"'{key}' is not the name of a label; use letters, digits, '-', '_' and '.', at most {MaxName}";
        }

        return slash < 0 || IsPrefix(key.AsSpan(0, slash)) ? null : $"'{key}': what stands before '/' is a domain name in lower case";
    }

    /// <summary>Null for a label's value, which may be empty; else what is wrong with it.</summary>
    public static string? CheckValue(string value) =>
        value.Length == 0 || IsName(value) ? null : $"'{value}' is not the value of a label; use letters, digits, '-', '_' and '.', at most {MaxName}";

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxName || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPrefix(ReadOnlySpan<char> prefix)
    {
        if (prefix.IsEmpty || prefix.Length > MaxPrefix)
        {
            return false;
        }

        foreach (var range in prefix.Split('.'))
        {
            if (!DnsName.IsLabel(prefix[range]))
            {
                return false;
            }
        }

        return true;
    }
}
