using System.Diagnostics;
using Mesh.Client.Compile;
using Mesh.Client.Http.Replay;

namespace Mesh.Client.Http;

/// <summary>What only some requests need: kept apart so that the others do not pay for the room.</summary>
internal sealed class CallExtras
{
    public CallTimeout? Timeout;
    public Activity? CallActivity;
    public Activity? AttemptActivity;
    public ReplayableContent? Replay;
    public List<CompiledMirror>? Mirrors;
    public byte[]? MirrorBody;

    // What the caller's message looked like; restored at the end.
    public bool IsTargetChanged;
    public Uri? Uri;
    public string? Host;
    public bool IsContentChanged;
    public HttpContent? Content;
    public List<KeyValuePair<string, IEnumerable<string>>>? Headers;
    public List<KeyValuePair<string, IEnumerable<string>>>? ContentHeaders;

    // The logical request after rewriting, which every try starts from.
    public Uri? RoutedUri;
}
