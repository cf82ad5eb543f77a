namespace Mesh.Configuration.Analysis;

/// <summary>How much a message of the analysis matters. The names are Istio's.</summary>
internal enum AnalysisLevel
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Works, most likely not as meant.</summary>
    Warning,

    /// <summary>Requests fail, or something in the document cannot act.</summary>
    Error,
}
