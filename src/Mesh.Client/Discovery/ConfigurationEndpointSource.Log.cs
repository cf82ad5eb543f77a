using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

internal sealed partial class ConfigurationEndpointSource
{
    [LoggerMessage(1, LogLevel.Warning, "The endpoints of service '{Service}' in the configuration have problems; everything that can be read is in use. {Problem}")]
    private partial void LogProblem(string service, string problem);
}
