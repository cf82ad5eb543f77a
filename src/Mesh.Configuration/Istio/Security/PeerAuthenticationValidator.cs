using System.Globalization;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a PeerAuthentication by itself.</summary>
internal static class PeerAuthenticationValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (PeerAuthenticationSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.NotActedOnYet();
        PolicyTargetValidator.Selector(at["selector"], spec.MatchLabels);
        if (spec.PortLevelMtls is not { } ports)
        {
            return;
        }

        if (ports.Count == 0)
        {
            at["portLevelMtls"].Error("port level mTLS, if defined, must have at least one element; add a port, or remove it");
        }
        else if (spec.MatchLabels is not { Count: > 0 })
        {
            at["portLevelMtls"].Error("mesh/namespace peer authentication cannot have port level mTLS; add a selector with labels");
        }

        foreach (var (port, _) in ports)
        {
            if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            {
                at["portLevelMtls"][port].Error($"'{port}' is not a port; ports lie between 1 and 65535");
            }
        }
    }
}
