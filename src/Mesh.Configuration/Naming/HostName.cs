namespace Mesh.Configuration.Naming;

/// <summary>
/// The algebra of host names in documents. A name is exact, or begins with <c>*</c> and stands for every name with that ending.
/// Source: Istio pkg/config/host (Matches, SubsetOf, the order of Names) and its short-name rule.
/// </summary>
internal static class HostName
{
    public static bool IsWildcard(string host) => host.Length > 0 && host[0] == '*';

    /// <summary>True when some name is meant by both.</summary>
    public static bool Overlaps(string left, string right)
    {
        var (leftWild, rightWild) = (IsWildcard(left), IsWildcard(right));
        if (leftWild && rightWild)
        {
            // The longer ending has to end like the shorter one: *.a.b and *.b overlap.
            return left.Length < right.Length ? right.AsSpan(1).EndsWith(left.AsSpan(1)) : left.AsSpan(1).EndsWith(right.AsSpan(1));
        }

        return leftWild ? right.AsSpan().EndsWith(left.AsSpan(1)) : rightWild ? left.AsSpan().EndsWith(right.AsSpan(1)) : string.Equals(left, right, StringComparison.Ordinal);
    }

    /// <summary>True when every name meant by <paramref name="inner"/> is meant by <paramref name="outer"/>.</summary>
    public static bool IsWithin(string inner, string outer)
    {
        if (!IsWildcard(outer))
        {
            return string.Equals(inner, outer, StringComparison.Ordinal);
        }

        return IsWildcard(inner)
            ? inner.Length >= outer.Length && inner.AsSpan(1).EndsWith(outer.AsSpan(1))
            : inner.AsSpan().EndsWith(outer.AsSpan(1));
    }

    /// <summary>Most specific first: exact names before wildcards, longer ones before shorter ones, then by the alphabet.</summary>
    public static int CompareSpecificity(string left, string right)
    {
        var (leftWild, rightWild) = (IsWildcard(left), IsWildcard(right));
        if (leftWild != rightWild)
        {
            return leftWild ? 1 : -1;
        }

        return left.Length != right.Length ? right.Length.CompareTo(left.Length) : string.CompareOrdinal(left, right);
    }

    /// <summary>
    /// The full name: one without a dot is a Service of the namespace of the document that says it; a dot stops the expansion
    /// (<c>reviews.prod</c> stays as it is), and so does a wildcard.
    /// </summary>
    public static string Expand(string host, string @namespace, string domainSuffix) =>
        host.Length == 0 || host.Contains('.') || IsWildcard(host) ? host : $"{host}.{@namespace}.svc.{domainSuffix}";
}
