using System.Buffers;
using System.Globalization;
using System.Text;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks the values of rules: addresses, ports, path templates, service accounts.</summary>
internal static class AuthorizationValues
{
    private const string OneSegment = "{*}";
    private const string AnyRest = "{**}";
    private const int MaxServiceAccounts = 16;
    private const int MaxServiceAccount = 320;

    // The characters of a path segment that stand for themselves. Source: RFC 3986, pchar, as Envoy's URI templates take them.
    private static readonly SearchValues<char> s_literal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()+,;:@=");

    public static void NotEmpty(FieldScope at, ModelList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Length == 0)
            {
                at[i].Error("an empty value matches nothing; remove it");
            }
        }
    }

    public static void Addresses(FieldScope at, ModelList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Length > 0)
            {
                at[i].ErrorIf(IpText.CheckSubnet(values[i]));
            }
        }
    }

    public static void Ports(FieldScope at, ModelList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Length > 0 && (!int.TryParse(values[i], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535))
            {
                at[i].Error($"'{values[i]}' is not a port; write a number up to 65535 in quotes");
            }
        }
    }

    /// <summary>A service account is <c>name</c> or <c>namespace/name</c>, without wildcards.</summary>
    public static void ServiceAccounts(FieldScope at, ModelList<string> values)
    {
        if (values.Count > MaxServiceAccounts)
        {
            at.Error($"may not have more than {MaxServiceAccounts} values; divide them between sources");
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Contains('*') || values[i].AsSpan().Count('/') > 1 || values[i].StartsWith('/') || values[i].EndsWith('/'))
            {
                at[i].Error($"'{values[i]}' is not a service account; write name or namespace/name, without '*'");
            }
            else if (Encoding.UTF8.GetByteCount(values[i]) > MaxServiceAccount)
            {
                at[i].Error($"a service account cannot exceed {MaxServiceAccount} characters");
            }
        }
    }

    /// <summary>Path templates: <c>{*}</c> stands for a segment, <c>{**}</c> for the rest and last. Everything else in such a path is taken literally. Source: Istio's CheckValidPathTemplate.</summary>
    public static void Paths(FieldScope at, ModelList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (CheckTemplate(values[i]) is { } problem)
            {
                at[i].Error(problem);
            }
        }
    }

    private static string? CheckTemplate(string path)
    {
        var isTemplate = path.Contains(OneSegment, StringComparison.Ordinal) || path.Contains(AnyRest, StringComparison.Ordinal);
        var ended = false;
        foreach (var segment in path.Trim('/').Split('/'))
        {
            if (segment is OneSegment or AnyRest)
            {
                if (ended)
                {
                    return $"'{path}': {AnyRest} is not the last operator; nothing may be matched after it";
                }

                ended = segment == AnyRest;
            }
            else if (segment.AsSpan().ContainsAny('{', '}'))
            {
                return $"'{path}': '{{' and '}}' only stand in {OneSegment} and {AnyRest}, which fill a segment";
            }
            else if (isTemplate && (segment.Length == 0 || segment.AsSpan().ContainsAnyExcept(s_literal)))
            {
                return segment.Contains('*')
                    ? $"'{path}': '*' does not go with a template; use {OneSegment} or {AnyRest}"
                    : $"'{path}': the segment '{segment}' of a template is not made of the characters of a path";
            }
        }

        return null;
    }
}
