using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>The resource a policy is attached to. Source: Istio PolicyTargetReference, Gateway API GEP-713.</summary>
internal sealed record PolicyTargetReferenceSpec
{
    /// <summary>API group; empty or <c>core</c> for a Service.</summary>
    public string Group { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Must be empty: a policy reaches its own namespace only.</summary>
    public string Namespace { get; init; } = "";
}

/// <summary>What a policy governs: workloads by label, or resources by name. Shared by the security kinds, Telemetry and extensions.</summary>
internal sealed record PolicyTarget
{
    /// <summary>Labels of the workloads; null: every workload of the namespace. Istio's <c>selector.matchLabels</c>.</summary>
    public ModelMap<string>? MatchLabels { get; init; }

    /// <summary>Old form of <see cref="TargetRefs"/> with a single entry.</summary>
    public PolicyTargetReferenceSpec? TargetRef { get; init; }

    public ModelList<PolicyTargetReferenceSpec> TargetRefs { get; init; } = [];

    public static PolicyTarget Read(ObjectReader reader) => new()
    {
        MatchLabels = ReadSelector(reader, "selector"),
        TargetRef = reader.Object("targetRef", ReadReference),
        TargetRefs = reader.List("targetRefs", ReadReference),
    };

    /// <summary>A policy's selector, <c>{matchLabels: …}</c>.</summary>
    public static ModelMap<string>? ReadSelector(ObjectReader reader, string name) =>
        reader.Object(name, static r => r.StringMap("matchLabels"));

    private static PolicyTargetReferenceSpec ReadReference(ObjectReader reader) => new()
    {
        Group = reader.String("group") ?? "",
        Kind = reader.String("kind") ?? "",
        Name = reader.String("name") ?? "",
        Namespace = reader.String("namespace") ?? "",
    };
}
