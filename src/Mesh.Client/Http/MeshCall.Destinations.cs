using Mesh.Client.Compile;
using Mesh.Diagnostics;

namespace Mesh.Client.Http;

/// <content>What belongs to one destination of a route and not to the others: answers in place of its backend, and its own rewrite. Source: GATEWAY_API §5, §6.</content>
internal sealed partial class MeshCall
{
    /// <summary>The share of a redirect, or of a backend that may not be used. A gRPC caller learns of the latter as UNAVAILABLE.</summary>
    private HttpResponseMessage AnswerForDestination(CompiledDestination destination) => destination.Redirect is { } redirect
        ? RedirectReply.Create(_request, redirect, _match?.Path)
        : Refuse(IsGrpc ? 503 : destination.ErrorStatus!.Value, ResponseFlags.NoClusterFound, "the route names a backend that does not exist or may not be used");

    /// <summary>
    /// A destination's rewrite comes after the rule's. Both mean the part of the caller's path that the condition matched, so where both change the path the
    /// destination's stays.
    /// </summary>
    private void RewriteForDestination(CompiledRewrite rewrite)
    {
        var written = LogicalUri;
        var uri = rewrite.ChangesPath
            ? new Uri(written.GetLeftPart(UriPartial.Authority) + rewrite.RewritePath(written.AbsolutePath, _match?.Path) + written.Query, UriKind.Absolute)
            : _request.RequestUri!;
        SetTarget(uri, rewrite.Authority ?? _request.Headers.Host);
    }
}
