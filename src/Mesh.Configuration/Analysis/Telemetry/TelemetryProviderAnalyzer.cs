namespace Mesh.Configuration.Analysis;

/// <summary>Does access logging name a provider where the mesh has no default one? Source: Istio telemetry.ProviderAnalyzer.</summary>
internal sealed class TelemetryProviderAnalyzer : IAnalyzer
{
    public string Name => "telemetry.ProviderAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.InvalidTelemetryProvider];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        if (input.MeshConfig.DefaultAccessLogProviders.Count > 0)
        {
            return;
        }

        foreach (var telemetry in input.OfKind(DocumentKind.Telemetry))
        {
            var logging = telemetry.Part("spec").List("accessLogging");
            for (var i = 0; i < logging.Count; i++)
            {
                if (!logging[i].IsTrue("disabled") && logging[i].List("providers").Count == 0)
                {
                    report.Add(
                        IstioMessages.InvalidTelemetryProvider, telemetry, $"spec.accessLogging[{i}]",
                        "no 'providers' and no default one in MeshConfig: the entry is ignored; name a provider");
                }
            }
        }
    }
}
