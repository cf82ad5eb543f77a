using System.Diagnostics;
using Mesh.Client.Compile;
using Mesh.Client.Http.Replay;
using Mesh.Client.Http.Sessions;
using Mesh.Model;

namespace Mesh.Client.Http;

/// <summary>What only some requests need: kept apart so that the others do not pay for the room.</summary>
internal sealed class CallExtras
{
    /// <summary>True when something has to be waited for before the first try.</summary>
    public bool NeedsPreparation => Mirrors is not null || Fault is not null;

    public CallTimeout? Timeout;
    public Activity? CallActivity;
    public Activity? AttemptActivity;
    public ReplayableContent? Replay;
    public List<CompiledMirror>? Mirrors;
    public byte[]? MirrorBody;

    // Wishes of the caller (Envoy's headers); the time limit counts when there are retries.
    public RetryPolicy? Retries;
    public TimeSpan? TimeLimit;
    public Fault? Fault;

    // The sticky key, and what sessions need.
    public ulong? Hash;
    public StickyCall? Sticky;

    // A pause the server asked for, used for one retry.
    public TimeSpan? ServerPause;

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
