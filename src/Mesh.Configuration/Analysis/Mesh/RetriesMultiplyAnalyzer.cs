using System.Globalization;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1005: do the clients' own resilience handlers retry what the mesh retries too? Visible where a settings file among the documents
/// configures one: the options of Microsoft.Extensions.Http.Resilience, <c>Retry: { MaxRetryAttempts: 3 }</c> in any section.
/// </summary>
internal sealed class RetriesMultiplyAnalyzer : IAnalyzer
{
    /// <summary>Retries of a rule that says nothing. Source: Istio.</summary>
    private const int DefaultAttempts = 2;

    public string Name => "mesh.RetriesMultiply";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.RetriesMultiply];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var (attempts, who) = MostAttempts(input);
        if (attempts == 0)
        {
            return;
        }

        foreach (var settings in input.Settings)
        {
            foreach (var (path, node, own) in Handlers(settings, ""))
            {
                report.Add(
                    MeshMessages.RetriesMultiply, node.Position,
                    string.Create(CultureInfo.InvariantCulture, $"'{path}' is {own}, and the mesh retries {attempts} times ({who}): up to {(own + 1) * (attempts + 1)} tries a call; leave retries to one of them"));
            }
        }
    }

    private static (int Attempts, string Who) MostAttempts(AnalysisInput input)
    {
        var (most, who) = (input.VirtualServices.Any(static v => v.Spec.Http.Any(static r => r.Retries is null)) ? DefaultAttempts : 0, "the default of a rule");
        foreach (var virtualService in input.VirtualServices)
        {
            foreach (var rule in virtualService.Spec.Http)
            {
                if (rule.Retries?.Attempts > most)
                {
                    (most, who) = (rule.Retries.Attempts.Value, virtualService.Document.Resource);
                }
            }
        }

        return (most, who);
    }

    private static IEnumerable<(string Path, ConfigNode Node, int Attempts)> Handlers(ConfigNode node, string path)
    {
        foreach (var (name, value) in node.Fields)
        {
            var child = path.Length == 0 ? name : $"{path}:{name}";
            var index = name.Equals("Retry", StringComparison.OrdinalIgnoreCase) ? value.IndexOf("MaxRetryAttempts", ignoreCase: true) : -1;
            if (index >= 0 && value.Fields[index].Value is { Scalar: { } text } attempts && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                yield return ($"{child}:{value.Fields[index].Key}", attempts, number);
            }

            foreach (var found in Handlers(value, child))
            {
                yield return found;
            }
        }
    }
}
