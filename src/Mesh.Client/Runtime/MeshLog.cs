using Mesh.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.Runtime;

/// <summary>The log of the runtime. Events of endpoints are rare by nature; nothing here is written for a healthy request.</summary>
internal sealed partial class MeshLog(ILogger logger)
{
    public void Event(MeshEventKind kind, string service, string endpoint, string message)
    {
        switch (kind)
        {
            case MeshEventKind.EndpointEjected:
                Ejected(service, endpoint, message);
                break;
            case MeshEventKind.EjectionRefused:
                EjectionRefused(service, endpoint, message);
                break;
            case MeshEventKind.EndpointProbing or MeshEventKind.EndpointReturned:
                Returned(service, endpoint, message);
                break;
            case MeshEventKind.EndpointsChanged:
                EndpointsChanged(service, message);
                break;
            default:
                Other(message);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Service}: endpoint {Endpoint} {Message}")]
    public partial void Ejected(string service, string endpoint, string message);

    [LoggerMessage(2, LogLevel.Warning, "{Service}: endpoint {Endpoint} {Message}")]
    public partial void EjectionRefused(string service, string endpoint, string message);

    [LoggerMessage(3, LogLevel.Information, "{Service}: endpoint {Endpoint}: {Message}")]
    public partial void Returned(string service, string endpoint, string message);

    [LoggerMessage(4, LogLevel.Information, "{Service}: {Message}")]
    public partial void EndpointsChanged(string service, string message);

    [LoggerMessage(5, LogLevel.Debug, "{Message}")]
    public partial void Other(string message);

    [LoggerMessage(6, LogLevel.Debug, "{Cluster}: request refused, limit {Limit} reached")]
    public partial void Overflow(string cluster, string limit);

    [LoggerMessage(7, LogLevel.Debug, "{Cluster}: mirrored request failed: {Reason}")]
    public partial void MirrorFailed(string cluster, string reason);

    [LoggerMessage(9, LogLevel.Warning, "{Cluster}: no load balancer is called '{Algorithm}', LEAST_REQUEST is used. Register it with AddLoadBalancer.")]
    public partial void UnknownAlgorithm(string cluster, string algorithm);

    [LoggerMessage(8, LogLevel.Error, "A handler of mesh events failed")]
    public partial void HandlerFailed(Exception exception);
}
