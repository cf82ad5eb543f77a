using System.Diagnostics;
using Mesh.Testing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mesh.FunctionalTests.Telemetry;

/// <summary>Under AddOpenTelemetry() the mesh is measured and traced without a further line.</summary>
public sealed class OpenTelemetryTests
{
    private readonly List<Activity> _spans = [];
    private readonly List<MetricSnapshot> _metrics = [];

    private async Task<FunctionalMesh> StartAsync(string yaml, Action<TracerProviderBuilder>? trace = null)
    {
        _spans.Clear();
        _metrics.Clear();
        var mesh = await FunctionalMesh.StartAsync(yaml, (services, _) => services.AddOpenTelemetry()
            .WithMetrics(m => m.AddInMemoryExporter(_metrics))
            .WithTracing(t =>
            {
                t.AddInMemoryExporter(_spans);
                trace?.Invoke(t);
            }));

        // What the host's start does.
        mesh.Services.GetRequiredService<MeterProvider>();
        mesh.Services.GetRequiredService<TracerProvider>();
        return mesh;
    }

    [Test]
    public async Task A_retried_call_is_one_span_with_one_below_it_for_each_try()
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions
        {
            Behavior = LoopbackBehavior.InOrder(LoopbackBehavior.Status(503), LoopbackBehavior.Ok),
        });
        await using var mesh = await StartAsync(Yaml.Service("catalog", server)
            + Yaml.Routes("catalog", "  - { name: items, retries: { attempts: 2, retryOn: 5xx }, route: [{ destination: { host: catalog } }] }"));

        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/items?token=secret"));
        mesh.Services.GetRequiredService<TracerProvider>().ForceFlush();

        var call = _spans.Single(static s => s.Kind == ActivityKind.Internal);
        Activity[] tries = [.. _spans.Where(static s => s.Kind == ActivityKind.Client).OrderBy(static s => s.StartTimeUtc)];
        Assert.That(call.DisplayName, Is.EqualTo("GET catalog"));
        Assert.That(call.GetTagItem("mesh.destination.service"), Is.EqualTo("catalog"));
        Assert.That(call.GetTagItem("mesh.route"), Does.Contain("items"));
        Assert.That(call.GetTagItem("http.response.status_code"), Is.EqualTo(200));
        Assert.That(call.GetTagItem("url.full"), Is.EqualTo("http://catalog/items?*"));
        Assert.That(tries, Has.Length.EqualTo(2));
        Assert.That(tries.Select(static t => t.ParentSpanId), Has.All.EqualTo(call.SpanId));
        Assert.That(tries.Select(static t => t.GetTagItem("http.response.status_code")), Is.EqualTo(new object[] { 503, 200 }));
        Assert.That(tries.Select(static t => t.GetTagItem("mesh.endpoint")), Has.All.EqualTo(server.Endpoint));
        Assert.That(tries.Select(static t => t.GetTagItem("http.request.resend_count")), Is.EqualTo(new object?[] { null, 1 }));
        Assert.That(tries.Select(static t => t.Status), Is.EqualTo(new[] { ActivityStatusCode.Error, ActivityStatusCode.Unset }));
        string[][] sent = [.. server.Requests.Select(static r => r.Headers["traceparent"].Split('-'))];
        Assert.That(sent.Select(static p => p[1]), Has.All.EqualTo(call.TraceId.ToHexString()), "the server's spans belong to the call's trace");
        Assert.That(sent.Select(static p => p[2]), Is.EqualTo(tries.Select(static t => t.SpanId.ToHexString())), "each below its own try");
    }

    [Test]
    public async Task Where_NETs_own_span_is_traced_too_it_stands_between_the_try_and_the_server()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await StartAsync(Yaml.Service("catalog", server), static t => t.AddSource("System.Net.Http"));

        await mesh.Client().GetStringAsync(new Uri("http://catalog/"));
        mesh.Services.GetRequiredService<TracerProvider>().ForceFlush();

        var attempt = _spans.Single(static s => s.Source.Name == "Mesh.Client" && s.Kind == ActivityKind.Client);
        var http = _spans.Single(static s => s.Source.Name == "System.Net.Http");
        Assert.That(http.ParentSpanId, Is.EqualTo(attempt.SpanId));
        Assert.That(server.Requests[0].Headers["traceparent"].Split('-')[2], Is.EqualTo(http.SpanId.ToHexString()));
    }

    [Test]
    public async Task Requests_tries_and_load_are_measured_with_OpenTelemetrys_names()
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions
        {
            Behavior = LoopbackBehavior.InOrder(LoopbackBehavior.Status(503), LoopbackBehavior.Ok),
        });
        await using var mesh = await StartAsync(Yaml.Service("catalog", "HTTP", (server.Port, "version: v1")) + Yaml.Policy("catalog", "", "v1")
            + Yaml.Routes("catalog", "  - { name: items, retries: { attempts: 2, retryOn: 5xx }, route: [{ destination: { host: catalog, subset: v1 } }] }"));

        await mesh.Client().GetStringAsync(new Uri("http://catalog/"));
        mesh.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var request = Points("mesh.client.request.duration").Single();
        Assert.That(request.GetHistogramCount(), Is.EqualTo(1));
        var tags = Tags(request);
        Assert.That(tags["http.request.method"], Is.EqualTo("GET"));
        Assert.That(tags["http.response.status_code"], Is.EqualTo(200));
        Assert.That(tags["server.address"], Is.EqualTo("catalog"));
        Assert.That(tags["server.port"], Is.EqualTo(80));
        Assert.That(tags["url.scheme"], Is.EqualTo("http"));
        Assert.That(tags["network.protocol.version"], Is.EqualTo("1.1"));
        Assert.That(tags["mesh.destination.service"], Is.EqualTo("catalog"));
        Assert.That(tags["mesh.destination.subset"], Is.EqualTo("v1"));
        Assert.That(tags["mesh.endpoint"], Is.EqualTo(server.Endpoint));
        Assert.That(tags["mesh.response_flags"], Is.EqualTo("-"));
        Assert.That(Points("mesh.client.attempt.duration").Select(static p => Tags(p)["http.response.status_code"]), Is.EquivalentTo(new object[] { 200, 503 }));
        Assert.That(Points("mesh.client.active_requests").Single().GetSumLong(), Is.Zero);
        Assert.That(Points("mesh.config.version").Single().GetGaugeLastValueLong(), Is.EqualTo(mesh.Mesh.ConfigVersion));
        Assert.That(Points("mesh.config.errors").Single().GetGaugeLastValueLong(), Is.Zero);
    }

    [Test]
    public async Task Without_a_listener_no_span_exists_and_no_trace_header_is_sent()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", server));

        await mesh.Client().GetStringAsync(new Uri("http://catalog/"));

        Assert.That(server.Requests[0].Headers.ContainsKey("traceparent"), Is.False);
        Assert.That((mesh.Runtime.Meter.RequestsEnabled, mesh.Runtime.Meter.AttemptsEnabled), Is.EqualTo((false, false)));
    }

    private IEnumerable<MetricPoint> Points(string name) => _metrics.Where(m => m.Name == name).SelectMany(static m => m.MetricPoints);

    private static Dictionary<string, object?> Tags(MetricPoint point)
    {
        var tags = new Dictionary<string, object?>();
        foreach (var tag in point.Tags)
        {
            tags.Add(tag.Key, tag.Value);
        }

        return tags;
    }
}
