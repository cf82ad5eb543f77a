namespace Mesh.Configuration.Reading;

/// <summary>What documents are read for, which decides what is worth saying about them.</summary>
internal enum ReadingPurpose
{
    /// <summary>To run a mesh: fields and kinds that have no effect here are named, and every object needs a name.</summary>
    Load,

    /// <summary>
    /// To learn whether a cluster with Istio would accept them: schema and admission rules decide, kinds that only act elsewhere are
    /// checked as well, and what this mesh does with a field is beside the point.
    /// </summary>
    Admission,
}
