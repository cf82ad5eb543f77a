using Mesh.Balancing;
using Mesh.Client.Compile;
using Mesh.Client.Http.Sessions;
using Mesh.Client.Runtime;

namespace Mesh.Client.Http;

/// <content>Sessions: the one a request brings along chooses its destination and endpoint, answers carry the one that begins.</content>
internal sealed partial class MeshCall
{
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
            SessionStage.Issue(session, _extras?.Sticky?.Session, _destination!, endpoint, response, LogicalUri, Runtime.Time.GetUtcNow());
        }
    }
}
