using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>The schema of a kind, from <c>spec</c> on. <c>metadata</c> is Kubernetes' own, <c>status</c> is written by controllers.</summary>
/// <param name="Spec">Fields of <c>spec</c>.</param>
/// <param name="RequiresSpec">True when a document without <c>spec</c> is refused.</param>
internal sealed record KindSchema(ObjectSchema Spec, bool RequiresSpec = false)
{
    /// <summary>Checks a document; true when nothing is wrong with it.</summary>
    public bool Accepts(ConfigNode root, ProblemSink problems)
    {
        var before = problems.Problems.Count;
        var at = new SchemaScope(problems, "", root.Position);
        var index = root.IndexOf("spec", ignoreCase: false);
        if (index >= 0)
        {
            Spec.Check(at.Field("spec", root.FieldPositions[index]), root.Fields[index].Value);
        }
        else if (RequiresSpec)
        {
            at.Field("spec", root.Position).Required("add 'spec'");
        }

        return problems.Problems.Count == before;
    }
}
