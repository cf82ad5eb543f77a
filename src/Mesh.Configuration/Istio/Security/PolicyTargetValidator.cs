using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks what a policy is attached to. Source: Istio's admission check of selectors and target references.</summary>
internal static class PolicyTargetValidator
{
    private static readonly (string Group, string Kind)[] s_kinds =
    [
        ("", "Service"), ("core", "Service"), ("networking.istio.io", "ServiceEntry"), ("gateway.networking.k8s.io", "Gateway"), ("gateway.networking.k8s.io", "GatewayClass"),
    ];

    public static void Validate(FieldScope at, PolicyTarget target)
    {
        var attachments = (target.MatchLabels is null ? 0 : 1) + (target.TargetRef is null ? 0 : 1) + (target.TargetRefs.Count == 0 ? 0 : 1);
        if (attachments > 1)
        {
            at.Error("only one of targetRefs or selector can be set; keep one of them");
        }

        Selector(at["selector"], target.MatchLabels);
        Reference(at["targetRef"], target.TargetRef);
        for (var i = 0; i < target.TargetRefs.Count; i++)
        {
            Reference(at["targetRefs"][i], target.TargetRefs[i]);
        }
    }

    /// <summary>The labels of a selector: no wildcards, no empty names; without any it chooses everything, which is worth a word.</summary>
    public static void Selector(FieldScope at, ModelMap<string>? labels)
    {
        if (labels is null)
        {
            return;
        }

        if (labels.Count == 0)
        {
            at.Warning("workload selector specified without labels; it chooses every workload, so remove it or add matchLabels");
        }

        foreach (var (key, value) in labels)
        {
            if (key.Length == 0)
            {
                at["matchLabels"].Error("empty key is not supported in selector; name the label");
            }

            if (key.Contains('*') || value.Contains('*'))
            {
                at["matchLabels"][key].Error($"wildcard is not supported in selector: \"{key}={value}\"; write the exact label");
            }
        }
    }

    private static void Reference(FieldScope at, PolicyTargetReferenceSpec? reference)
    {
        if (reference is null)
        {
            return;
        }

        if (reference.Name.Length == 0)
        {
            at["name"].Error("targetRef name must be set");
        }

        if (reference.Namespace.Length > 0)
        {
            at["namespace"].Error("targetRef namespace must not be set; cross namespace referencing is not supported");
        }

        if (!s_kinds.Contains((reference.Group, reference.Kind)))
        {
            at["kind"].Error(
                "targetRef must be to one of [{ v1 Service} {networking.istio.io v1 ServiceEntry} {gateway.networking.k8s.io v1 Gateway} {gateway.networking.k8s.io v1 GatewayClass}] "
                + $"but was {reference.Group}/{reference.Kind}");
        }
    }
}
