using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

internal sealed partial class DnsEndpointSource
{
    [LoggerMessage(2, LogLevel.Warning, "DNS discovery of service '{Service}': {Problem}")]
    private partial void LogProblem(string service, string problem);
}
