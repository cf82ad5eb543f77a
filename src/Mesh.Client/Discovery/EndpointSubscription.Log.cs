using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

internal sealed partial class EndpointSubscription
{
    [LoggerMessage(20, LogLevel.Debug, "Endpoints of service '{Service}' are {State} (source '{Source}'). {Problem}")]
    private partial void LogStatus(string service, SubscriptionState state, string? source, string? problem);

    [LoggerMessage(21, LogLevel.Error, "The endpoints of service '{Service}' could not be put in force.")]
    private partial void LogListenerFailed(Exception exception, string service);
}
