using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Reads a Telemetry document.</summary>
internal static class TelemetryReader
{
    public static TelemetrySpec Read(ObjectReader reader) => new()
    {
        Target = PolicyTarget.Read(reader),
        Tracing = reader.List("tracing", ReadTracing),
        Metrics = reader.List("metrics", static r => new MetricsSpec
        {
            Providers = ReadProviders(r),
            Overrides = r.List("overrides", ReadOverride),
            ReportingInterval = r.Duration("reportingInterval"),
        }),
        AccessLogging = reader.List("accessLogging", static r => new AccessLoggingSpec
        {
            Mode = ReadMatch(r),
            Providers = ReadProviders(r),
            Disabled = r.Bool("disabled"),
            Filter = r.Object("filter", static f => f.String("expression") ?? ""),
        }),
    };

    private static TracingSpec ReadTracing(ObjectReader reader) => new()
    {
        Mode = ReadMatch(reader),
        Providers = ReadProviders(reader),
        RandomSamplingPercentage = reader.Number("randomSamplingPercentage"),
        DisableSpanReporting = reader.Bool("disableSpanReporting"),
        CustomTags = reader.Map("customTags", ReadTag),
        UseRequestIdForTraceSampling = reader.Bool("useRequestIdForTraceSampling"),
        EnableIstioTags = reader.Bool("enableIstioTags"),
        DisableContextPropagation = reader.Bool("disableContextPropagation"),
    };

    private static CustomTagSpec ReadTag(ObjectReader reader)
    {
        reader.OneOf("literal", "environment", "header", "formatter");
        var environment = reader.Object("environment", ReadNamed);
        var header = reader.Object("header", ReadNamed);
        return new CustomTagSpec
        {
            Literal = reader.Object("literal", static r => r.String("value") ?? ""),
            Environment = environment?.Name,
            Header = header?.Name,
            Formatter = reader.Object("formatter", static r => r.String("value") ?? ""),
            DefaultValue = environment?.DefaultValue ?? header?.DefaultValue,
        };
    }

    private static MetricsOverrideSpec ReadOverride(ObjectReader reader)
    {
        var match = reader.Object("match", static r =>
        {
            r.OneOf("metric", "customMetric");
            return new MetricsOverrideSpec { Metric = r.String("metric"), CustomMetric = r.String("customMetric"), Mode = ReadMode(r) };
        });
        return (match ?? new MetricsOverrideSpec()) with
        {
            Disabled = reader.Bool("disabled"),
            TagOverrides = reader.Map("tagOverrides", static r => new TagOverrideSpec(r.Enum<bool>("operation", [("UPSERT", false), ("REMOVE", true)]) ?? false, r.String("value") ?? "")),
        };
    }

    private static NamedValue ReadNamed(ObjectReader reader) => new(reader.String("name") ?? "", reader.String("defaultValue"));

    private static ModelList<string> ReadProviders(ObjectReader reader) => reader.List("providers", static r => r.String("name") ?? "");

    private static WorkloadMode? ReadMatch(ObjectReader reader) => reader.Object("match", static r => new ModeHolder(ReadMode(r)))?.Mode;

    private static WorkloadMode? ReadMode(ObjectReader reader) => reader.Enum<WorkloadMode>(
        "mode", [("CLIENT_AND_SERVER", WorkloadMode.ClientAndServer), ("CLIENT", WorkloadMode.Client), ("SERVER", WorkloadMode.Server)]);

    private sealed record ModeHolder(WorkloadMode? Mode);

    private sealed record NamedValue(string Name, string? DefaultValue);
}
