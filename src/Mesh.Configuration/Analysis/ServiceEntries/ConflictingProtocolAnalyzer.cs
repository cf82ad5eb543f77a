namespace Mesh.Configuration.Analysis;

/// <summary>
/// Do ServiceEntries that the same callers see give one host and port different protocols?
/// Source: Istio serviceentry.ConflictingServiceEntryProtocolAnalyzer.
/// </summary>
internal sealed class ConflictingProtocolAnalyzer : IAnalyzer
{
    public string Name => "serviceentry.ConflictingServiceEntryProtocolAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ConflictingServiceEntryProtocol];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var index = new OrderedDictionary<(string Scope, string Host, int Port), List<(string Protocol, AnalysisDocument Document)>>();
        foreach (var entry in input.ServiceEntries)
        {
            foreach (var scope in ExportScopes.Of(entry.Spec.ExportTo, entry.Namespace))
            {
                foreach (var host in entry.Spec.Hosts)
                {
                    foreach (var port in entry.Spec.Ports)
                    {
                        var key = (scope, host, port.Number);
                        if (!index.TryGetValue(key, out var list))
                        {
                            index[key] = list = [];
                        }

                        list.Add(((port.Protocol ?? "").ToUpperInvariant(), entry.Document));
                    }
                }
            }
        }

        var reported = new HashSet<AnalysisDocument>();
        foreach (var ((scope, host, port), own) in index)
        {
            var all = scope != ExportScopes.Everywhere && index.TryGetValue((ExportScopes.Everywhere, host, port), out var shared) ? [.. own, .. shared] : own;
            var protocols = all.Select(static e => e.Protocol).Distinct().Order(StringComparer.Ordinal).ToArray();
            foreach (var (_, document) in protocols.Length > 1 ? all : [])
            {
                if (reported.Add(document))
                {
                    var others = WorkloadSelections.Others(all.Select(static e => e.Document).Distinct(), document);
                    report.Add(
                        IstioMessages.ConflictingServiceEntryProtocol, document, "spec.ports",
                        $"{host}:{port} has the protocols {string.Join(", ", protocols.Select(static p => p.Length == 0 ? "(none)" : p))}{(others.Length == 0 ? "" : $" together with {others}")}; give it one");
                }
            }
        }
    }
}
