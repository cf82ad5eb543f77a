using Mesh.Diagnostics;
using Mesh.Model;
using Microsoft.Extensions.Logging;

namespace Mesh.Configuration.Sources;

/// <content>Logs. A problem is logged when it appears, not again while it lasts.</content>
public sealed partial class MeshConfigHub
{
    private void LogNewProblems(ModelList<ConfigProblem> problems, ModelList<ConfigProblem> known)
    {
        if (problems.Count == 0)
        {
            return;
        }

        var logged = known.ToHashSet();
        foreach (var problem in problems)
        {
            if (!logged.Add(problem))
            {
                continue;
            }

            if (problem.Severity == ConfigProblemSeverity.Error)
            {
                LogError(problem);
            }
            else
            {
                LogWarning(problem);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "configuration {Version} in force: {Services} services, {Rules} rules, {Problems} problems")]
    private partial void LogInForce(string version, int services, int rules, int problems);

    [LoggerMessage(2, LogLevel.Error, "{Problem}")]
    private partial void LogError(ConfigProblem problem);

    [LoggerMessage(3, LogLevel.Warning, "{Problem}")]
    private partial void LogWarning(ConfigProblem problem);

    [LoggerMessage(4, LogLevel.Warning, "starting without the configuration of {Sources}, which is still to come")]
    private partial void LogLate(string sources);

    [LoggerMessage(5, LogLevel.Error, "a handler of the change to configuration {Version} has failed")]
    private partial void LogHandlerFailed(Exception exception, string version);
}
