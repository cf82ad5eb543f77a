using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of an AuthorizationPolicy by itself; <see cref="AuthorizationRuleValidator"/> looks at single rules.</summary>
internal static class AuthorizationPolicyValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (AuthorizationPolicySpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.NotActedOnYet();
        PolicyTargetValidator.Validate(at, spec.Target);
        Action(at, spec);
        for (var i = 0; i < spec.Rules.Count; i++)
        {
            AuthorizationRuleValidator.Validate(at["rules"][i], spec.Rules[i], spec.Action ?? AuthorizationAction.Allow);
        }
    }

    private static void Action(FieldScope at, AuthorizationPolicySpec spec)
    {
        var action = spec.Action ?? AuthorizationAction.Allow;
        if (action is AuthorizationAction.Custom or AuthorizationAction.Deny && spec.Rules.Count == 0)
        {
            at["action"].Error($"{action.ToString().ToUpperInvariant()} action without 'rules' is never triggered; add a rule, or the empty rule {{}} for every request");
        }
        else if (action == AuthorizationAction.Custom && spec.Provider is null or "")
        {
            at["provider"].Error("'provider.name' must not be empty with action CUSTOM; name an extension provider");
        }

        if (spec.Provider is not null && action != AuthorizationAction.Custom)
        {
            at["provider"].Error("'provider' belongs to action CUSTOM; set the action, or remove the provider");
        }
    }
}
