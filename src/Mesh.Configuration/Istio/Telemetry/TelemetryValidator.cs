using Mesh.Configuration.Expressions;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a Telemetry document by itself.</summary>
internal static class TelemetryValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (TelemetrySpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.NotActedOnYet();
        PolicyTargetValidator.Validate(at, spec.Target);
        Tracing(at["tracing"], spec.Tracing);
        for (var i = 0; i < spec.Metrics.Count; i++)
        {
            Providers(at["metrics"][i]["providers"], spec.Metrics[i].Providers);
            for (var j = 0; j < spec.Metrics[i].Overrides.Count; j++)
            {
                Override(at["metrics"][i]["overrides"][j], spec.Metrics[i].Overrides[j]);
            }

            at["metrics"][i]["reportingInterval"].PositiveDuration(spec.Metrics[i].ReportingInterval);
        }

        for (var i = 0; i < spec.AccessLogging.Count; i++)
        {
            Providers(at["accessLogging"][i]["providers"], spec.AccessLogging[i].Providers);
            if (spec.AccessLogging[i].Filter is { } filter)
            {
                at["accessLogging"][i]["filter"]["expression"].ErrorIf(CelSyntax.Check(filter));
            }
        }
    }

    private static void Tracing(FieldScope at, ModelList<TracingSpec> tracing)
    {
        if (tracing.Count > 1)
        {
            at.Warning("multiple tracing is not currently supported; only the first entry counts");
        }

        for (var i = 0; i < tracing.Count; i++)
        {
            var entry = tracing[i];
            if (entry.Providers.Count > 1)
            {
                at[i]["providers"].Warning("multiple providers is not currently supported; only the first counts");
            }

            Providers(at[i]["providers"], entry.Providers);
            if (entry.RandomSamplingPercentage is < 0 or > 100 or double.NaN)
            {
                at[i]["randomSamplingPercentage"].Error("randomSamplingPercentage must be in range [0.0, 100.0]");
            }

            foreach (var (name, tag) in entry.CustomTags)
            {
                Tag(at[i]["customTags"][name], name, tag);
            }
        }
    }

    private static void Tag(FieldScope at, string name, CustomTagSpec tag)
    {
        if (name.Length == 0)
        {
            at.Error("tag name may not be empty");
        }

        foreach (var (kind, value) in (ReadOnlySpan<(string, string?)>)[("literal", tag.Literal), ("environment", tag.Environment), ("header", tag.Header), ("formatter", tag.Formatter)])
        {
            if (value is "")
            {
                at[kind].Error(kind is "literal" or "formatter" ? $"{kind} tag value may not be empty" : $"{kind} tag name may not be empty");
            }
        }
    }

    private static void Override(FieldScope at, MetricsOverrideSpec edit)
    {
        if (edit.CustomMetric is "")
        {
            at["match"]["customMetric"].Error("customMetric may not be empty");
        }

        foreach (var (name, tag) in edit.TagOverrides)
        {
            if (name.Length == 0)
            {
                at["tagOverrides"].Warning("tagOverrides.name may not be empty");
            }

            if (tag is { Remove: false, Value: "" })
            {
                at["tagOverrides"][name].Error("tagOverrides.value must be set when operation is UPSERT");
            }
            else if (tag is { Remove: true, Value.Length: > 0 })
            {
                at["tagOverrides"][name].Error("tagOverrides.value may only be set when operation is UPSERT");
            }
        }
    }

    private static void Providers(FieldScope at, ModelList<string> providers)
    {
        for (var i = 0; i < providers.Count; i++)
        {
            if (providers[i].Length == 0)
            {
                at[i]["name"].Error("providers.name may not be empty; name an extension provider");
            }
        }
    }
}
