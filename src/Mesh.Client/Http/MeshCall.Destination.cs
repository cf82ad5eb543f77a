using Mesh.Balancing;
using Mesh.Client.Compile;
using Mesh.Client.Http.Sessions;
using Mesh.Client.Runtime;
using Mesh.Diagnostics;

namespace Mesh.Client.Http;

/// <content>What is specific to one destination of a route: its edits, its share that the mesh answers itself, the session that chose it.</content>
internal sealed partial class MeshCall
{
    /// <summary>The share of a redirect, or of a backend that may not be used; a gRPC caller learns of the latter as UNAVAILABLE, which is what 503 stands for (GATEWAY_API §5).</summary>
    private HttpResponseMessage AnswerShare(CompiledDestination destination) => destination.Redirect is { } redirect
        ? RedirectReply.Create(_request, redirect, _match?.Path)
        : Refuse(IsGrpc ? 503 : destination.ErrorStatus!.Value, ResponseFlags.NoClusterFound, "the route names a backend that does not exist or may not be used");

    private void ApplyDestination(CompiledDestination destination)
    {
        // The authority of a rewrite wins over the rule's headers, and the rule's over the destination's (ISTIO §2 Rewrite).
        ApplyHeaders(destination.RequestHeaders, mayChangeAuthority: _route.Rewrite?.Authority is null && _route.RequestHeaders?.Authority is null);
        if (destination.Rewrite is not { } rewrite)
        {
            return;
        }

        // A path of its own takes the place of the rule's: both name the part that the condition matched.
        var uri = _request.RequestUri!;
        if (rewrite.ChangesPath)
        {
            var original = LogicalUri;
            uri = new Uri(original.GetLeftPart(UriPartial.Authority) + rewrite.RewritePath(original.AbsolutePath, _match?.Path) + original.Query, UriKind.Absolute);
        }

        SetTarget(uri, rewrite.Authority ?? _request.Headers.Host);
    }

    /// <summary>The session the request brought along, which then chooses the destination.</summary>
    private KeptSession? FindSession() => SessionStage.Find(_route, _request, _client.Cookies, Runtime.Time.GetUtcNow());

    /// <summary>The first try goes to the session's endpoint as long as that is well; every other try is balanced.</summary>
    private EndpointState? PickKept(KeptSession kept, EndpointSet set, ref PickContext context)
    {
        if (_attempts == 0 && kept.Endpoint.TryAcquire(out _isTrial))
        {
            return kept.Endpoint;
        }

        return set.Pick(ref context, _tried, out _isTrial);
    }

    private void IssueSession(CompiledSession session, HttpResponseMessage response)
    {
        if (!_isLocalReply && _endpoint is { } endpoint)
        {
            SessionStage.Issue(session, _extras?.Sticky?.Session, _cluster!, endpoint, response, LogicalUri, Runtime.Time.GetUtcNow());
        }
    }
}
