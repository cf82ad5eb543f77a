namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>A rule of Istio's admission check of Telemetry documents a row.</summary>
public sealed class TelemetryTests
{
    [TestCase("{}", null)]
    [TestCase("tracing: [{providers: [{name: a}], randomSamplingPercentage: 100, customTags: {a: {literal: {value: b}}, c: {header: {name: d}}}}]", null)]
    [TestCase("tracing: [{providers: [{}]}]", "name: Required value")]
    [TestCase("tracing: [{providers: [{name: ''}]}]", "should be at least 1 chars long")]
    [TestCase("tracing: [{randomSamplingPercentage: 100.1}]", "less than or equal to 100")]
    [TestCase("tracing: [{randomSamplingPercentage: -0.1}]", "greater than or equal to 0")]
    [TestCase("tracing: [{customTags: {'': {literal: {value: b}}}}]", "tag name may not be empty")]
    [TestCase("tracing: [{customTags: {a: {literal: {}}}}]", "value: Required value")]
    [TestCase("tracing: [{customTags: {a: {environment: {name: ''}}}}]", "should be at least 1 chars long")]
    [TestCase("tracing: [{customTags: {a: {header: {name: b}, literal: {value: c}}}}]", "one and only one schema")]
    [TestCase("tracing: [{customTags: {a: {}}}]", null)]
    [TestCase("metrics: [{overrides: [{tagOverrides: {a: {value: b}}}]}]", null)]
    [TestCase("metrics: [{overrides: [{tagOverrides: {a: {}}}]}]", "value must be set when operation is UPSERT")]
    [TestCase("metrics: [{overrides: [{tagOverrides: {a: {operation: UPSERT}}}]}]", "value must be set when operation is UPSERT")]
    [TestCase("metrics: [{overrides: [{tagOverrides: {a: {operation: REMOVE}}}]}]", null)]
    [TestCase("metrics: [{overrides: [{tagOverrides: {a: {operation: REMOVE, value: b}}}]}]", "value must not be set when operation is REMOVE")]
    [TestCase("metrics: [{overrides: [{match: {metric: REQUEST_COUNT, mode: CLIENT}, disabled: true}]}]", null)]
    [TestCase("metrics: [{overrides: [{match: {metric: REQUESTS}}]}]", "Unsupported value")]
    [TestCase("metrics: [{overrides: [{match: {customMetric: ''}}]}]", "should be at least 1 chars long")]
    [TestCase("metrics: [{overrides: [{match: {customMetric: a, metric: REQUEST_COUNT}}]}]", "one and only one schema")]
    [TestCase("metrics: [{reportingInterval: 0s}]", "at least 1ms")]
    [TestCase("accessLogging: [{filter: {expression: 'response.code >= 400'}}, {providers: [{name: a}, {name: b}]}]", null)]
    [TestCase("accessLogging: [{filter: {expression: 'response.code >='}}]", "accessLogging[0].filter.expression")]
    [TestCase("accessLogging: [{providers: [{}]}]", "name: Required value")]
    [TestCase("selector: {matchLabels: {a: b}}\ntargetRef: {kind: Service, name: a}", "only one of targetRefs or selector")]
    [TestCase("targetRefs: [{kind: Service, name: a, namespace: b}]", "cross namespace referencing")]
    public void Telemetry(string spec, string? error) => Admitted.Expect(Admitted.Document("Telemetry", spec), error);

    [TestCase("tracing: [{}, {}]", "multiple tracing is not currently supported")]
    [TestCase("tracing: [{providers: [{name: a}, {name: b}]}]", "multiple providers is not currently supported")]
    [TestCase("metrics: [{overrides: [{tagOverrides: {'': {value: b}}}]}]", "tagOverrides.name may not be empty")]
    [TestCase("selector: {matchLabels: {}}", "selector specified without labels")]
    public void What_Istio_takes_and_does_not_do_is_warned_of(string spec, string warning) => Admitted.Expect(Admitted.Document("Telemetry", spec), null, warning);
}
