using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Patches of a proxy's own configuration, as far as Istio's admission check looks at them. Source: Istio networking EnvoyFilter.</summary>
internal sealed record EnvoyFilterSpec
{
    public WorkloadSelectorSpec? WorkloadSelector { get; init; }

    public ModelList<EnvoyPatchSpec> ConfigPatches { get; init; } = [];
}

/// <summary>One patch. Source: Istio EnvoyFilter.EnvoyConfigObjectPatch.</summary>
internal sealed record EnvoyPatchSpec
{
    /// <summary>What is patched; empty or <c>INVALID</c>: not said.</summary>
    public string ApplyTo { get; init; } = "";

    /// <summary>Which of the match's objects is written: <c>listener</c>, <c>routeConfiguration</c>, <c>cluster</c>, <c>waypoint</c>; null: none.</summary>
    public string? MatchedObject { get; init; }

    /// <summary>Expression for the versions of proxies; empty: any.</summary>
    public string ProxyVersion { get; init; } = "";

    /// <summary>The network filter of a listener match.</summary>
    public EnvoyFilterNameSpec? Filter { get; init; }

    public EnvoyPatchOperationSpec? Patch { get; init; }
}

/// <summary>A filter and the filter inside it. Source: Istio EnvoyFilter.ListenerMatch.FilterMatch.</summary>
/// <param name="Name">Name of the network filter.</param>
/// <param name="SubFilter">Name of the HTTP filter inside; null: not written.</param>
internal sealed record EnvoyFilterNameSpec(string Name, string? SubFilter);

/// <summary>What is done. Source: Istio EnvoyFilter.Patch.</summary>
/// <param name="Operation">The word written; empty or <c>INVALID</c>: not said.</param>
/// <param name="HasValue">True when a value is written.</param>
internal sealed record EnvoyPatchOperationSpec(string Operation, bool HasValue);

/// <summary>Reads an EnvoyFilter. What its schema does not describe is looked at where the check asks for it, and nowhere else.</summary>
internal static class EnvoyFilterReader
{
    private static readonly string[] s_objects = ["listener", "routeConfiguration", "cluster", "waypoint"];

    public static object Read(ObjectReader reader)
    {
        var spec = new EnvoyFilterSpec
        {
            WorkloadSelector = reader.Object("workloadSelector", CommonReaders.WorkloadSelector),
            ConfigPatches = reader.List("configPatches", static r =>
            {
                r.IgnoreRest();
                return ReadPatch(r.Node);
            }),
        };
        reader.IgnoreRest();
        return spec;
    }

    private static EnvoyPatchSpec ReadPatch(ConfigNode node)
    {
        var match = Written(node, "match");
        var filter = Written(Written(Written(match, "listener"), "filterChain"), "filter");
        var patch = Written(node, "patch");
        return new EnvoyPatchSpec
        {
            ApplyTo = Text(node, "applyTo"),
            MatchedObject = s_objects.FirstOrDefault(name => Written(match, name) is not null),
            ProxyVersion = Text(Written(match, "proxy"), "proxyVersion"),
            Filter = filter is null ? null : new(Text(filter, "name"), Written(filter, "subFilter") is { } inner ? Text(inner, "name") : null),
            Patch = patch is null ? null : new(Text(patch, "operation"), Written(patch, "value") is not null),
        };
    }

    private static ConfigNode? Written(ConfigNode? node, string name) => node?.Field(name) is { Kind: not ConfigNodeKind.Null } field ? field : null;

    private static string Text(ConfigNode? node, string name) => Written(node, name)?.Scalar ?? "";
}
