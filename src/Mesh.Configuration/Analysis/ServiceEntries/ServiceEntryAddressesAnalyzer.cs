namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does a ServiceEntry with TCP ports have addresses? Without them a proxy cannot tell its connections from others, unless addresses are
/// allocated. Source: Istio serviceentry.Analyzer.
/// </summary>
internal sealed class ServiceEntryAddressesAnalyzer : IAnalyzer
{
    public string Name => "serviceentry.Analyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ServiceEntryAddressesRequired];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var mesh = input.MeshConfig;
        if (mesh.ProxyMetadata("ISTIO_META_DNS_CAPTURE") == "true"
            && (mesh.ProxyMetadata("ISTIO_META_DNS_AUTO_ALLOCATE") == "true" || mesh.ProxyMetadata("PILOT_ENABLE_IP_AUTOALLOCATE") == "true"))
        {
            return;
        }

        foreach (var entry in input.ServiceEntries)
        {
            if (entry.Spec.Addresses.Count > 0 || entry.Document.Part("status").List("addresses").Count > 0)
            {
                continue;
            }

            for (var i = 0; i < entry.Spec.Ports.Count; i++)
            {
                var protocol = entry.Spec.Ports[i].Protocol;
                if (string.IsNullOrEmpty(protocol) || protocol.Equals("TCP", StringComparison.OrdinalIgnoreCase))
                {
                    report.Add(
                        IstioMessages.ServiceEntryAddressesRequired, entry.Document, $"spec.ports[{i}]",
                        $"port {entry.Spec.Ports[i].Number} is TCP{(protocol is { Length: > 0 } ? "" : " (no 'protocol')")} and the entry has no 'addresses': proxies cannot tell its connections apart; add addresses, or the protocol");
                }
            }
        }
    }
}
