namespace Mesh.Configuration.Reading;

/// <summary>A document with its spec at hand.</summary>
internal readonly record struct Typed<T>(ConfigDocument Document, T Spec)
{
    public string Name => Document.Metadata.Name;

    public string Namespace => Document.Metadata.Namespace;
}
