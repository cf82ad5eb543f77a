using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What is measured, traced and logged. Source: Istio telemetry Telemetry.</summary>
internal sealed record TelemetrySpec
{
    public required PolicyTarget Target { get; init; }

    public ModelList<TracingSpec> Tracing { get; init; } = [];

    public ModelList<MetricsSpec> Metrics { get; init; } = [];

    public ModelList<AccessLoggingSpec> AccessLogging { get; init; } = [];
}

/// <summary>Which side of a call. Source: Istio WorkloadMode.</summary>
internal enum WorkloadMode
{
    ClientAndServer,
    Client,
    Server,
}

/// <summary>Source: Istio Tracing.</summary>
internal sealed record TracingSpec
{
    public WorkloadMode? Mode { get; init; }

    /// <summary>Names of the back ends; one is used.</summary>
    public ModelList<string> Providers { get; init; } = [];

    /// <summary>Share of new traces, 0–100; null: as the parent says.</summary>
    public double? RandomSamplingPercentage { get; init; }

    public bool? DisableSpanReporting { get; init; }

    public ModelMap<CustomTagSpec> CustomTags { get; init; } = ModelMap<CustomTagSpec>.Empty;

    public bool? UseRequestIdForTraceSampling { get; init; }

    public bool? EnableIstioTags { get; init; }

    public bool? DisableContextPropagation { get; init; }
}

/// <summary>A tag of a span; one of the four is set. Source: Istio Tracing.CustomTag.</summary>
internal sealed record CustomTagSpec
{
    public string? Literal { get; init; }

    /// <summary>Name of an environment variable.</summary>
    public string? Environment { get; init; }

    /// <summary>Name of a request header.</summary>
    public string? Header { get; init; }

    /// <summary>Envoy format string.</summary>
    public string? Formatter { get; init; }

    /// <summary>Used when the variable or header is not there.</summary>
    public string? DefaultValue { get; init; }
}

/// <summary>Source: Istio Metrics.</summary>
internal sealed record MetricsSpec
{
    public ModelList<string> Providers { get; init; } = [];

    public ModelList<MetricsOverrideSpec> Overrides { get; init; } = [];

    public TimeSpan? ReportingInterval { get; init; }
}

/// <summary>An edit of metrics. Source: Istio MetricsOverrides with MetricSelector.</summary>
internal sealed record MetricsOverrideSpec
{
    /// <summary>One of Istio's metrics; null: all.</summary>
    public string? Metric { get; init; }

    /// <summary>Another metric, by name.</summary>
    public string? CustomMetric { get; init; }

    public WorkloadMode? Mode { get; init; }

    public bool? Disabled { get; init; }

    public ModelMap<TagOverrideSpec> TagOverrides { get; init; } = ModelMap<TagOverrideSpec>.Empty;
}

/// <summary>An edit of a label of a metric. Source: Istio MetricsOverrides.TagOverride.</summary>
/// <param name="Remove">True removes the label, else it is set.</param>
/// <param name="Value">CEL expression for the value.</param>
internal sealed record TagOverrideSpec(bool Remove, string Value);

/// <summary>Source: Istio AccessLogging.</summary>
internal sealed record AccessLoggingSpec
{
    public WorkloadMode? Mode { get; init; }

    public ModelList<string> Providers { get; init; } = [];

    public bool? Disabled { get; init; }

    /// <summary>CEL expression; only requests for which it is true are logged. Null: all.</summary>
    public string? Filter { get; init; }
}
