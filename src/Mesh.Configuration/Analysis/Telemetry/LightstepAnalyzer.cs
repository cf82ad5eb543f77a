namespace Mesh.Configuration.Analysis;

/// <summary>Does a Telemetry trace to Lightstep, which is deprecated? Source: Istio telemetry.LightstepAnalyzer.</summary>
internal sealed class LightstepAnalyzer : IAnalyzer
{
    public string Name => "telemetry.LightstepAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.Deprecated];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var deprecated = input.MeshConfig.ExtensionProviders.Where(static p => p.At("lightstep") is not null).Select(static p => p.Text("name")).ToHashSet();
        foreach (var telemetry in deprecated.Count == 0 ? [] : input.OfKind(DocumentKind.Telemetry))
        {
            var tracing = telemetry.Part("spec").List("tracing");
            for (var i = 0; i < tracing.Count; i++)
            {
                foreach (var provider in tracing[i].List("providers").Where(p => deprecated.Contains(p.Text("name"))))
                {
                    report.Add(
                        IstioMessages.Deprecated, telemetry, $"spec.tracing[{i}].providers",
                        $"provider '{provider.Text("name")}' is Lightstep, which is deprecated; use an OpenTelemetry provider");
                }
            }
        }
    }
}
