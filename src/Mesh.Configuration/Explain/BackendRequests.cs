using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// The request as a backend sees it: header edits of the rule, then of the destination; the path as rewritten; the authority that has the last word: a
/// rewrite before header edits, those of the rule before those of the destination. Source: ISTIO §2 Rewrite and Headers, ENVOY §20.
/// </summary>
internal sealed class BackendRequests
{
    private readonly PathRewrite _paths = new();

    public ExplainedBackendRequest Make(RequestFacts request, ForwardAction forward, RouteDestination destination, PathMatch? matched)
    {
        var headers = request.Headers.Copy();
        headers.Apply(forward.RequestHeaders);
        headers.Apply(destination.RequestHeaders);
        var authority = destination.Rewrite?.Authority
            ?? forward.Rewrite?.Authority
            ?? HeaderSet.AuthorityOf(forward.RequestHeaders)
            ?? HeaderSet.AuthorityOf(destination.RequestHeaders)
            ?? request.Authority;
        return new ExplainedBackendRequest(request.Method, Path(request, forward, destination, matched), authority, headers.ToDictionary());
    }

    /// <summary>A destination's rewrite of the path takes the place of the rule's: both name the part that the condition matched.</summary>
    private string Path(RequestFacts request, ForwardAction forward, RouteDestination destination, PathMatch? matched)
    {
        var rewrite = destination.Rewrite is { Path: not null } or { FullPath: not null } or { RegexPattern: not null } ? destination.Rewrite : forward.Rewrite;
        if (rewrite is null or { Path: null, FullPath: null, RegexPattern: null })
        {
            return request.Url.PathAndQuery;
        }

        // As it is sent, which is the canonical form.
        var path = _paths.Apply(rewrite, request.Path, matched) + request.Query;
        return Uri.TryCreate(request.Url.GetLeftPart(UriPartial.Authority) + path, UriKind.Absolute, out var sent) ? sent.PathAndQuery : path;
    }
}
