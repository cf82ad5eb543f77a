namespace Mesh.Model;

/// <summary>What a rule does with a request: forward, redirect or answer.</summary>
public abstract record RouteAction
{
    private protected RouteAction()
    {
    }

    /// <summary>Fault to inject before anything else happens; null: none.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Edits of the response headers, whatever the action.</summary>
    public HeaderOperations ResponseHeaders { get; init; } = HeaderOperations.None;

    /// <summary>Cross-origin rules for the serving side; null: none.</summary>
    public CorsPolicy? Cors { get; init; }
}

/// <summary>Sends the request to one of the destinations.</summary>
public sealed record ForwardAction : RouteAction
{
    /// <summary>Where to, with shares. Entries of weight 0 are dropped unless they are alone.</summary>
    public required ModelList<RouteDestination> Destinations { get; init; }

    /// <summary>Change of path or authority before sending; null: none.</summary>
    public Rewrite? Rewrite { get; init; }

    /// <summary>Edits of the request headers common to every destination.</summary>
    public HeaderOperations RequestHeaders { get; init; } = HeaderOperations.None;

    /// <summary>Time for the whole request, retries and their pauses included; null: none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>When and how often a failed try is repeated.</summary>
    public RetryPolicy Retries { get; init; } = RetryPolicy.Default;

    /// <summary>Copies to send elsewhere, whose answers are dropped.</summary>
    public ModelList<Mirror> Mirrors { get; init; } = [];

    /// <summary>Keeps the requests of a session on one endpoint; null: every request is balanced on its own.</summary>
    public SessionPersistence? SessionPersistence { get; init; }
}

/// <summary>Answers with a redirect. Source: Istio HTTPRedirect.</summary>
public sealed record RedirectAction : RouteAction
{
    /// <summary>New path, query of the request kept unless this has one; null: the request's.</summary>
    public string? Path { get; init; }

    /// <summary>Replaces only the matched prefix of the path; excludes <see cref="Path"/>.</summary>
    public string? PrefixRewrite { get; init; }

    /// <summary>New host; null: the request's.</summary>
    public string? Authority { get; init; }

    /// <summary>New port; null: see <see cref="DerivePortFromRequest"/>.</summary>
    public int? Port { get; init; }

    /// <summary>True keeps the request's port; false (default) leaves the port to the scheme.</summary>
    public bool DerivePortFromRequest { get; init; }

    /// <summary>New scheme; null: the request's.</summary>
    public string? Scheme { get; init; }

    /// <summary>301 (default), 302, 303, 307 or 308.</summary>
    public int StatusCode { get; init; } = 301;
}

/// <summary>Answers with a fixed status and body.</summary>
public sealed record DirectResponseAction : RouteAction
{
    /// <summary>Status, 200–599.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Body; empty by default.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Media type of the body. Default <c>text/plain</c>.</summary>
    public string ContentType { get; init; } = "text/plain";

    /// <inheritdoc />
    public bool Equals(DirectResponseAction? other) =>
        other is not null && base.Equals(other) && StatusCode == other.StatusCode && ContentType == other.ContentType && Body.Span.SequenceEqual(other.Body.Span);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), StatusCode, Body.Length, ContentType);
}

/// <summary>One destination of a rule.</summary>
/// <param name="Cluster">The cluster; port 0 stands for the port of the request.</param>
/// <param name="Weight">Share relative to the sum of all.</param>
public sealed record RouteDestination(ClusterKey Cluster, int Weight = 1)
{
    /// <summary>Edits of the request headers for this destination only, after the rule's.</summary>
    public HeaderOperations RequestHeaders { get; init; } = HeaderOperations.None;

    /// <summary>Edits of the response headers for this destination only.</summary>
    public HeaderOperations ResponseHeaders { get; init; } = HeaderOperations.None;

    /// <summary>Change of path or authority for this destination only, after the rule's; null: none.</summary>
    public Rewrite? Rewrite { get; init; }

    /// <summary>Redirect that answers this destination's share in place of the backend; null: the request is forwarded.</summary>
    public RedirectAction? Redirect { get; init; }

    /// <summary>
    /// Status that answers this destination's share because the document names a backend that is not there or may not be used
    /// (Gateway API: 500); null: the request is forwarded. The share is never handed to the other destinations.
    /// </summary>
    public int? ErrorStatus { get; init; }
}

/// <summary>Change of path or authority. Source: Istio HTTPRewrite.</summary>
public sealed record Rewrite
{
    /// <summary>Replaces the matched prefix, or the whole path on an exact or regex match; null: unchanged.</summary>
    public string? Path { get; init; }

    /// <summary>Replaces the whole path whatever part of it matched (Gateway API ReplaceFullPath); excludes <see cref="Path"/>; null: unchanged.</summary>
    public string? FullPath { get; init; }

    /// <summary>New authority (host header); null: unchanged. It wins over header edits.</summary>
    public string? Authority { get; init; }

    /// <summary>RE2 expression looked for in the path; with <see cref="RegexSubstitution"/>.</summary>
    public string? RegexPattern { get; init; }

    /// <summary>Replacement with <c>\1</c> style groups.</summary>
    public string? RegexSubstitution { get; init; }
}

/// <summary>Header edits: removes first, then sets, then adds. Source: Istio Headers.HeaderOperations, Envoy header mutation order.</summary>
public sealed record HeaderOperations
{
    /// <summary>No edit.</summary>
    public static HeaderOperations None { get; } = new();

    /// <summary>Headers to overwrite or create; <c>host</c> and <c>:authority</c> change the authority.</summary>
    public ModelMap<string> Set { get; init; } = ModelMap<string>.Empty;

    /// <summary>Values to append.</summary>
    public ModelMap<string> Add { get; init; } = ModelMap<string>.Empty;

    /// <summary>Headers to delete.</summary>
    public ModelList<string> Remove { get; init; } = [];

    /// <summary>True when nothing is edited.</summary>
    public bool IsEmpty => Set.Count == 0 && Add.Count == 0 && Remove.Count == 0;
}

/// <summary>A copy of the request for another cluster.</summary>
/// <param name="Cluster">Where to.</param>
/// <param name="Percent">Share of requests copied, 0–100.</param>
public sealed record Mirror(ClusterKey Cluster, double Percent = 100);

/// <summary>Faults to inject. Delay and abort dice are independent, delay first. Source: Istio HTTPFaultInjection.</summary>
public sealed record Fault
{
    /// <summary>Time to hold the request; null: no delay.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Share of requests held, 0–100. Default 0, as in Istio.</summary>
    public double DelayPercent { get; init; }

    /// <summary>Status to answer with; null: no HTTP abort.</summary>
    public int? AbortHttpStatus { get; init; }

    /// <summary>gRPC status to answer with, upper-case name; null: no gRPC abort.</summary>
    public string? AbortGrpcStatus { get; init; }

    /// <summary>Share of requests aborted, 0–100. Default 0, as in Istio.</summary>
    public double AbortPercent { get; init; }
}
