using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>The schema of a kind, from <c>spec</c> on. <c>metadata</c> is Kubernetes' own, <c>status</c> is written by controllers.</summary>
/// <param name="Spec">Fields of <c>spec</c>.</param>
/// <param name="RequiresSpec">True when a document without <c>spec</c> is refused.</param>
internal sealed record KindSchema(ObjectSchema Spec, bool RequiresSpec = false)
{
    /// <summary>True when a field without a value counts as not written, as the API server prunes it.</summary>
    public bool PrunesNulls { get; init; }

    /// <summary>Checks a document; true when nothing is wrong with it.</summary>
    /// <param name="root">The document.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="lenient">True for sources without types, lists and case; see <see cref="LenientNodes"/>.</param>
    public bool Accepts(ConfigNode root, ProblemSink problems, bool lenient = false)
    {
        var before = problems.Problems.Count;
        var at = new SchemaScope(problems, "", root.Position);
        var index = root.IndexOf("spec", lenient);
        if (index >= 0)
        {
            var spec = root.Fields[index].Value;
            spec = PrunesNulls ? NullFields.Prune(spec) : spec;
            Spec.Check(at.Field("spec", root.FieldPositions[index]), lenient ? LenientNodes.Conform(spec, Spec) : spec);
        }
        else if (RequiresSpec)
        {
            at.Field("spec", root.Position).Required("add 'spec'");
        }

        return problems.Problems.Count == before;
    }
}
