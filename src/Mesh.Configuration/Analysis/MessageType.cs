namespace Mesh.Configuration.Analysis;

/// <summary>One kind of message.</summary>
/// <param name="Code">Istio's code (<c>IST0101</c>), or one of ours (<c>MESH1001</c>). Never reused for another meaning.</param>
/// <param name="Name">Its name, as Istio spells it.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Meaning">One line for the table of codes.</param>
internal sealed record MessageType(string Code, string Name, AnalysisLevel Level, string Meaning);
