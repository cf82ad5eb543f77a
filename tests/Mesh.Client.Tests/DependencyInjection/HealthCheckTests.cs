using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mesh.Client.Tests.DependencyInjection;

/// <summary>The state of the configuration as a health check.</summary>
[TestFixture]
public class HealthCheckTests
{
    [Test]
    public async Task Before_the_first_configuration_nothing_is_healthy()
    {
        var services = new ServiceCollection();
        services.AddServiceMesh();
        services.AddHealthChecks().AddServiceMesh();
        await using var provider = services.BuildServiceProvider();
        var health = provider.GetRequiredService<HealthCheckService>();

        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Degraded));

        await provider.GetRequiredService<IServiceMesh>().WaitUntilReadyAsync();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task A_refused_object_degrades_health_and_names_the_place()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("a.local", "10.0.0.1"), m => m.Services.AddHealthChecks().AddServiceMesh());
        var health = mesh.Services.GetRequiredService<HealthCheckService>();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy));

        var applied = new TaskCompletionSource();
        mesh.Mesh.EventOccurred += _ => applied.TrySetResult();
        mesh.Config.Update(TestMesh.Service("a.local", "10.0.0.1") + TestMesh.Service("b.local", "10.0.0.2") + """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: { name: broken }
            spec: { hosts: [a.local], htpp: [] }
            """);
        await applied.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var report = await health.CheckHealthAsync();
        Assert.That(report.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(report.Entries["mesh"].Description, Does.Contain("htpp").And.Contain("http"));
    }
}
