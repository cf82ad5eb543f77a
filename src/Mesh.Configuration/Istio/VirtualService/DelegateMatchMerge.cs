using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Intersects the matches of a root with those of a delegate, or finds that a delegate's reaches beyond. See <see cref="DelegateMerge"/>.</summary>
internal static class DelegateMatchMerge
{
    /// <summary>Each pair that agrees, in the delegate's order; null when a match of the delegate agrees with none of the root's.</summary>
    public static ModelList<HTTPMatchRequestSpec>? Merge(ModelList<HTTPMatchRequestSpec> root, ModelList<HTTPMatchRequestSpec> leaf)
    {
        if (root.Count == 0 || leaf.Count == 0)
        {
            return root.Count == 0 ? leaf : root;
        }

        var merged = new List<HTTPMatchRequestSpec>();
        foreach (var leafMatch in leaf)
        {
            var before = merged.Count;
            foreach (var rootMatch in root)
            {
                if (!Conflicts(rootMatch, leafMatch))
                {
                    merged.Add(Merge(rootMatch, leafMatch));
                }
            }

            if (merged.Count == before)
            {
                return null;
            }
        }

        return merged.ToModelList();
    }

    public static string? JoinNames(string? root, string? leaf) => root is null ? leaf : leaf is null ? root : $"{root}-{leaf}";

    public static ModelMap<T> Union<T>(ModelMap<T> root, ModelMap<T> leaf) =>
        root.Count == 0 ? leaf : leaf.Count == 0 ? root : root.Concat(leaf).ToModelMap();

    private static HTTPMatchRequestSpec Merge(HTTPMatchRequestSpec root, HTTPMatchRequestSpec leaf) => leaf with
    {
        Name = JoinNames(root.Name, leaf.Name),
        Uri = leaf.Uri ?? root.Uri,
        Scheme = leaf.Scheme ?? root.Scheme,
        Method = leaf.Method ?? root.Method,
        Authority = leaf.Authority ?? root.Authority,
        Headers = Union(root.Headers, leaf.Headers),
        WithoutHeaders = Union(root.WithoutHeaders, leaf.WithoutHeaders),
        QueryParams = Union(root.QueryParams, leaf.QueryParams),
        Port = leaf.Port is null or 0 ? root.Port : leaf.Port,
        SourceLabels = Union(root.SourceLabels, leaf.SourceLabels),
        SourceNamespace = leaf.SourceNamespace ?? root.SourceNamespace,
        Gateways = leaf.Gateways.Count == 0 ? root.Gateways : leaf.Gateways,
        StatPrefix = leaf.StatPrefix ?? root.StatPrefix,
    };

    private static bool Conflicts(HTTPMatchRequestSpec root, HTTPMatchRequestSpec leaf) =>
        Conflict(root.Uri, leaf.Uri)
        || Conflict(root.Scheme, leaf.Scheme)
        || Conflict(root.Method, leaf.Method)
        || Conflict(root.Authority, leaf.Authority)
        || Conflict(root.Headers, leaf.Headers)
        || Conflict(root.WithoutHeaders, leaf.WithoutHeaders)
        || Conflict(root.QueryParams, leaf.QueryParams)
        || (root.IgnoreUriCase ?? false) != (leaf.IgnoreUriCase ?? false)
        || (root.Port is > 0 && leaf.Port is > 0 && root.Port != leaf.Port)
        || (root.SourceNamespace is not null && leaf.SourceNamespace is not null && root.SourceNamespace != leaf.SourceNamespace)
        || leaf.SourceLabels.Any(label => root.SourceLabels.TryGetValue(label.Key, out var value) && value != label.Value)
        || (root.Gateways.Count > 0 && leaf.Gateways.Any(gateway => !root.Gateways.Contains(gateway)));

    private static bool Conflict(ModelMap<StringMatchSpec> root, ModelMap<StringMatchSpec> leaf)
    {
        foreach (var (name, value) in leaf)
        {
            if (root.TryGetValue(name, out var outer) && Conflict(outer, value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True unless the leaf's test surely lies within the root's. Expressions are never compared.</summary>
    private static bool Conflict(StringMatchSpec? root, StringMatchSpec? leaf)
    {
        if (root is null || leaf is null)
        {
            return false;
        }

        if (root.Regex is { Length: > 0 } || leaf.Regex is { Length: > 0 })
        {
            return true;
        }

        if (root.Exact is { Length: > 0 } exact)
        {
            return leaf.Prefix is { Length: > 0 } || leaf.Exact != exact;
        }

        if (root.Prefix is { Length: > 0 } prefix)
        {
            var text = leaf.Prefix is { Length: > 0 } ? leaf.Prefix : leaf.Exact;
            return text is not { Length: > 0 } || !text.StartsWith(prefix, StringComparison.Ordinal);
        }

        return true;
    }
}
