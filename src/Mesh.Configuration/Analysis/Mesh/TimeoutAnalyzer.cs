using System.Globalization;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1006: does the time limit of a rule leave room for its tries? The limit spans all of them, so what does not fit is cut off.
/// </summary>
internal sealed class TimeoutAnalyzer : IAnalyzer
{
    public string Name => "mesh.TimeoutShorterThanTries";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.TimeoutShorterThanTries];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                var rule = virtualService.Spec.Http[i];
                if (rule is not { Timeout: { Ticks: > 0 } timeout, Retries: { Attempts: > 0, PerTryTimeout: { Ticks: > 0 } perTry } retries })
                {
                    continue;
                }

                var tries = retries.Attempts.Value + 1L;
                var needed = perTry.Ticks > timeout.Ticks || perTry.Ticks * tries > timeout.Ticks;
                if (needed)
                {
                    var fit = timeout.Ticks / perTry.Ticks;
                    report.Add(
                        MeshMessages.TimeoutShorterThanTries, virtualService.Document, $"spec.http[{i}].timeout",
                        $"{Text(timeout)} has room for {fit} of {tries} tries of {Text(perTry)}; raise it to {Text(TimeSpan.FromTicks(perTry.Ticks * tries))}, or lower perTryTimeout or attempts");
                }
            }
        }
    }

    private static string Text(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###}s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###}ms");
}
