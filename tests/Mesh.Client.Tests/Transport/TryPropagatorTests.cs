using System.Diagnostics;
using Mesh.Client.Telemetry;
using Mesh.Client.Transport;

namespace Mesh.Client.Tests.Transport;

[TestFixture]
public class TryPropagatorTests
{
    [Test]
    public void An_activity_nobody_listens_to_is_not_named_as_the_parent()
    {
        using var mesh = new ActivitySource(MeshTelemetry.ActivitySourceName);
        using var listener = Listen(MeshTelemetry.ActivitySourceName);
        using var attempt = mesh.StartActivity("GET", ActivityKind.Client)!;
        using var hidden = new Activity("System.Net.Http.HttpRequestOut").Start();

        Assert.That(Injected(hidden), Does.Contain(attempt.SpanId.ToHexString()));
    }

    [Test]
    public void An_activity_somebody_listens_to_is()
    {
        using var mesh = new ActivitySource(MeshTelemetry.ActivitySourceName);
        using var http = new ActivitySource("System.Net.Http");
        using var first = Listen(MeshTelemetry.ActivitySourceName);
        using var second = Listen("System.Net.Http");
        using var attempt = mesh.StartActivity("GET", ActivityKind.Client)!;
        using var shown = http.StartActivity("System.Net.Http.HttpRequestOut")!;

        Assert.That(Injected(shown), Does.Contain(shown.SpanId.ToHexString()));
    }

    [Test]
    public void Without_a_try_above_it_nothing_changes()
    {
        using var parent = new Activity("application").Start();
        using var hidden = new Activity("System.Net.Http.HttpRequestOut").Start();

        Assert.That(Injected(hidden), Does.Contain(hidden.SpanId.ToHexString()));
        Assert.That(TryPropagator.Over(null, MeshTelemetry.ActivitySourceName), Is.Null, "a client that propagates nothing goes on propagating nothing");
    }

    private static string Injected(Activity activity)
    {
        var value = "";
        TryPropagator.Over(DistributedContextPropagator.CreateDefaultPropagator(), MeshTelemetry.ActivitySourceName)!.Inject(activity, null, (_, name, written) => value = name == "traceparent" ? written : value);
        return value;
    }

    private static ActivityListener Listen(string source)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
