using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Analysis;

/// <summary>Collects messages. What would be said of a document that nobody can change is dropped.</summary>
internal sealed class AnalysisReport
{
    private readonly List<AnalysisMessage> _messages = [];

    public IReadOnlyList<AnalysisMessage> Messages => _messages;

    /// <param name="type">What kind of message.</param>
    /// <param name="document">The document that has to be changed.</param>
    /// <param name="path">The field that is meant, <c>spec.http[0].timeout</c>; the nearest written part of it gives the place.</param>
    /// <param name="text">What is wrong and what to do.</param>
    public void Add(MessageType type, AnalysisDocument document, string path, string text)
    {
        if (!document.IsForeign)
        {
            _messages.Add(new(type, document.Resource, document.PositionOf(path), text));
        }
    }

    /// <summary>Reports something about a text in which no document could be recognised.</summary>
    public void Add(MessageType type, SourcePosition at, string text) => _messages.Add(new(type, "", at, text));
}
