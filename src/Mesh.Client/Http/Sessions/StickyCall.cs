namespace Mesh.Client.Http.Sessions;

/// <summary>What a call of a session knows of it.</summary>
internal sealed class StickyCall
{
    /// <summary>The session the request brought along; null: none.</summary>
    public KeptSession? Session;

    /// <summary>The cookie of a sticky key that begins with this call (consistentHash); null: none.</summary>
    public string? SetCookie;
}
