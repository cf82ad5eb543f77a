using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Kinds of a proxy that have no meaning in process: they are checked like the others, and never loaded.</summary>
internal static class AdmissionOnly
{
    public static object Read(ObjectReader reader)
    {
        var target = PolicyTarget.Read(reader);
        reader.IgnoreRest();
        return target;
    }

    public static void Validate(ConfigDocument document, ProblemSink problems) =>
        PolicyTargetValidator.Validate(FieldScope.Spec(document, problems), (PolicyTarget)document.Spec);
}
