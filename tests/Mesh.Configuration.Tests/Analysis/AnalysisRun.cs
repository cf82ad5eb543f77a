using Mesh.Configuration.Analysis;
using Mesh.Configuration.Sources;

namespace Mesh.Configuration.Tests.Analysis;

/// <summary>Runs one analyzer, or all of them, on a text.</summary>
internal static class AnalysisRun
{
    /// <summary>What one analyzer says, as <c>CODE Kind namespace/name line</c>.</summary>
    public static IReadOnlyList<string> Of<TAnalyzer>(string yaml, string? settings = null, TimeProvider? time = null)
        where TAnalyzer : IAnalyzer, new() => [.. Messages<TAnalyzer>(yaml, settings, time).Select(static m => $"{m.Type.Code} {m.Resource} {m.At.Line}".Replace("  ", " ", StringComparison.Ordinal))];

    public static IReadOnlyList<AnalysisMessage> Messages<TAnalyzer>(string yaml, string? settings = null, TimeProvider? time = null)
        where TAnalyzer : IAnalyzer, new()
    {
        ConfigText[] texts = settings is null ? [new("mesh.yaml", yaml)] : [new("mesh.yaml", yaml), new("appsettings.json", settings, ConfigTextFormat.Json)];
        var read = AnalysisReader.Read(texts, "default");
        var report = new AnalysisReport();
        new TAnalyzer().Analyze(new AnalysisInput(read.Documents, read.Settings, timeProvider: time), report);
        return report.Messages;
    }

    /// <summary>What <c>meshctl analyze</c> would say of a text.</summary>
    public static AnalysisResult All(string yaml, AnalysisOptions? options = null) => ConfigurationAnalysis.Analyze([new("mesh.yaml", yaml)], options);

    /// <summary>A VirtualService for the host <c>orders</c> with the given rules.</summary>
    public static string VirtualService(string http) => $"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: orders
        spec:
          hosts: [orders]
          http:
        {Indent(http, 2)}
        """;

    public static string DestinationRule(string spec, string name = "orders") => $"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: {name}
        spec:
          host: orders
        {Indent(spec, 2)}
        """;

    public static string Service(string name = "orders", string extra = "") => $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: {{name}}
        {{Indent(extra, 2)}}
        spec:
          selector: {app: {{name}}}
          ports: [{name: http, port: 80}]
        """;

    public static string Deployment(string name, int replicas, string version = "v1") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{name}}-{{version}}
        spec:
          replicas: {{replicas}}
          template:
            metadata:
              labels: {app: {{name}}, version: {{version}}}
        """;

    public static string Join(params string[] documents) => string.Join("\n---\n", documents);

    private static string Indent(string text, int spaces) => string.Join('\n', text.Split('\n').Select(line => new string(' ', spaces) + line));
}
