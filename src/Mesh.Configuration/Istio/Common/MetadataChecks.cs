using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Annotations that Istio's admission check looks at on every kind.</summary>
internal static class MetadataChecks
{
    private const string DryRun = "istio.io/dry-run";
    private const string AlwaysReject = "internal.istio.io/webhook-always-reject";

    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var at = new FieldScope(document, problems, "metadata")["annotations"];
        var annotations = document.Metadata.Annotations;
        if (annotations.TryGetValue(AlwaysReject, out _))
        {
            at[AlwaysReject].Error("asks to be rejected; remove the annotation");
        }

        if (!annotations.TryGetValue(DryRun, out var value))
        {
            return;
        }

        if (document.Spec is not AuthorizationPolicySpec policy)
        {
            at[DryRun].Error("only an AuthorizationPolicy can be tried out; remove the annotation");
        }
        else if (policy.Action is not (null or AuthorizationAction.Allow or AuthorizationAction.Deny))
        {
            at[DryRun].Error("goes with the actions ALLOW and DENY only; change the action, or remove the annotation");
        }
        else if (value is not ("1" or "t" or "T" or "TRUE" or "true" or "True" or "0" or "f" or "F" or "FALSE" or "false" or "False"))
        {
            at[DryRun].Error($"'{value}' is neither true nor false; write \"true\"");
        }
    }
}
