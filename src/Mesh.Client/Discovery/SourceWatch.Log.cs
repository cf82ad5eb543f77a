using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

internal sealed partial class SourceWatch
{
    [LoggerMessage(10, LogLevel.Warning, "Endpoint source '{Source}' failed for service '{Service}'; the last endpoints stay in use, and it is asked again in {Delay}.")]
    private partial void LogFailed(Exception exception, string service, string source, TimeSpan delay);

    [LoggerMessage(11, LogLevel.Debug, "Endpoint source '{Source}' failed for service '{Service}' {Failures} times in a row ({Error}); it is asked again in {Delay}.")]
    private partial void LogFailedAgain(string service, string source, int failures, string error, TimeSpan delay);

    [LoggerMessage(12, LogLevel.Information, "Endpoint source '{Source}' answers again for service '{Service}' after {Failures} failures.")]
    private partial void LogRecovered(string service, string source, int failures);

    [LoggerMessage(13, LogLevel.Warning, "Endpoint source '{Source}' threw when its watch of service '{Service}' was cancelled.")]
    private partial void LogStopFailed(Exception exception, string service, string source);
}
