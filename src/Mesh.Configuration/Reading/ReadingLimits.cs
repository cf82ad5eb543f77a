namespace Mesh.Configuration.Reading;

/// <summary>
/// Bounds on what is read, so that a mistaken or hostile file costs no more than a message.
/// The sizes follow what etcd and the Kubernetes API server accept for one object, with room to spare.
/// </summary>
internal static class ReadingLimits
{
    /// <summary>Characters of one document: 4 Mi.</summary>
    public const int DocumentLength = 4 * 1024 * 1024;

    /// <summary>Characters of one file, which may hold many documents: 64 Mi.</summary>
    public const int FileLength = 64 * 1024 * 1024;

    /// <summary>Mappings and lists inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Nodes that the aliases of one document may stand for.</summary>
    public const int AliasNodes = 100_000;
}
