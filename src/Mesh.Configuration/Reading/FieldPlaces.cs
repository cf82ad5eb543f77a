namespace Mesh.Configuration.Reading;

/// <summary>
/// Finds the places of a document's fields. The nodes of a document weigh several times what its spec does, and once it has been read and validated they
/// are only asked for when something is wrong; so they are let go then, and read again from the text when somebody asks after all.
/// </summary>
/// <param name="root">The document's nodes.</param>
/// <param name="again">Reads them again; null: they cannot be read again and stay.</param>
/// <param name="ignoreCase">As for the text they came from.</param>
internal sealed class FieldPlaces(ConfigNode root, Func<ConfigNode?>? again, bool ignoreCase)
{
    private readonly SourcePosition _start = root.Position;
    private ConfigNode? _root = root;

    /// <summary>The place of the deepest part of a path that is written.</summary>
    public SourcePosition Find(string path)
    {
        // A document with one late message often has more; what was read again stays.
        _root ??= again?.Invoke();
        return _root is null ? _start : FieldPath.Locate(_root, path, ignoreCase);
    }

    /// <summary>The document has been read and validated.</summary>
    public void LetGo()
    {
        if (again is not null)
        {
            _root = null;
        }
    }
}
