using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Sources;

/// <summary>Makes the model of documents that are valid one by one; reports what does not fit together.</summary>
internal delegate MeshModel LowerDocuments(IReadOnlyList<ConfigDocument> documents, ProblemSink problems);

/// <summary>
/// Lowers with a net under it. When an object that has changed turns out not to fit with the others, its version in force takes its
/// place and the whole is lowered again; when lowering throws, nothing changes.
/// </summary>
internal sealed class GuardedLowering(LowerDocuments lower)
{
    // Each round puts back every changed object that was found wrong; more rounds are needed only when that uncovers the next one.
    private const int MaxRounds = 4;
    private Dictionary<ObjectKey, ConfigDocument> _inForce = [];

    /// <summary>Returns the model, or null when there is none and the last one has to stay.</summary>
    /// <param name="documents">The documents as written; entries are replaced by their version in force.</param>
    /// <param name="problems">Takes what is found.</param>
    public MeshModel? Lower(List<ConfigDocument> documents, List<ConfigProblem> problems)
    {
        for (var round = 1; ; round++)
        {
            var sink = new ProblemSink();
            MeshModel model;
            try
            {
                model = lower(documents, sink);
            }
            catch (Exception error)
            {
                problems.Add(new() { Severity = ConfigProblemSeverity.Error, Message = $"the configuration could not be put together, the last one stays in force: {error.Message}" });
                return null;
            }

            if (round == MaxRounds || !PutBack(documents, sink.Problems, problems))
            {
                problems.AddRange(sink.Problems);
                _inForce = documents.ToDictionary(static d => d.Key);
                return model;
            }
        }
    }

    private bool PutBack(List<ConfigDocument> documents, IReadOnlyList<ConfigProblem> found, List<ConfigProblem> problems)
    {
        var putBack = new HashSet<ObjectKey>();
        foreach (var problem in found.Where(static p => p.Severity == ConfigProblemSeverity.Error))
        {
            var index = documents.FindIndex(d => d.Kind == problem.Kind && d.Metadata.Namespace == problem.Namespace && d.Metadata.Name == problem.Name);
            var key = index >= 0 ? documents[index].Key : default;
            if (index >= 0 && _inForce.TryGetValue(key, out var inForce) && !documents[index].Spec.Equals(inForce.Spec))
            {
                documents[index] = inForce;
                putBack.Add(key);
            }

            // What the written version has is reported here; the next round sees the version in force and says nothing of it.
            if (putBack.Contains(key))
            {
                problems.Add(problem);
            }
        }

        return putBack.Count > 0;
    }
}
