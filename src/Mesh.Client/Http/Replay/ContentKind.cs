using System.Net.Http.Json;

namespace Mesh.Client.Http.Replay;

/// <summary>How a request body can be sent a second time.</summary>
internal enum ContentKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Its bytes are in memory: free to send again, also at the same time.</summary>
    Buffered,

    /// <summary>It is written anew from an object each time: fine to send again, one after the other.</summary>
    Reserializable,

    /// <summary>A stream or a callback that may be good for one use only.</summary>
    Unknown,
}

/// <summary>Tells kinds of content apart.</summary>
internal static class ContentKinds
{
    public static ContentKind Of(HttpContent? content) => content switch
    {
        null => ContentKind.None,
        ByteArrayContent or ReadOnlyMemoryContent => ContentKind.Buffered,
        JsonContent => ContentKind.Reserializable,
        MultipartContent parts => parts.All(static part => Of(part) is ContentKind.Buffered or ContentKind.Reserializable) ? ContentKind.Reserializable : ContentKind.Unknown,
        _ => ContentKind.Unknown,
    };
}
