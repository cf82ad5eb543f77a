using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Analysis;

/// <summary>Something the analysis found: what, where, and what to do about it.</summary>
/// <param name="Type">Code, name and level.</param>
/// <param name="Resource"><c>Kind namespace/name</c>; empty when the document could not be identified.</param>
/// <param name="At">Place of the field that is meant.</param>
/// <param name="Text">What is wrong and what to do, short enough for a terminal.</param>
internal sealed record AnalysisMessage(MessageType Type, string Resource, SourcePosition At, string Text);
