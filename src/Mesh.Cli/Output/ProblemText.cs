using Mesh.Diagnostics;

namespace Mesh.Cli.Output;

/// <summary>Says on the error output which documents a command had to do without. A few lines, not a report: for that there is <c>meshctl validate</c>.</summary>
internal sealed class ProblemText(TextWriter error)
{
    private const int Most = 5;
    private int _count;

    public void LeftOut(ConfigProblem problem)
    {
        if (++_count <= Most)
        {
            error.WriteLine($"left out: {problem}");
        }
    }

    /// <summary>Says how many were not said.</summary>
    public void Finish()
    {
        if (_count > Most)
        {
            error.WriteLine($"left out: {_count - Most} more; meshctl validate lists them all");
        }
    }
}
