using System.Net;
using Mesh.Diagnostics;
using Mesh.Model;
using Mesh.Testing;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Mesh.Client.Tests.Resilience;

/// <summary>The mesh's rules in pipelines of Polly that a user builds.</summary>
[TestFixture]
public class PipelineExtensionTests
{
    private readonly ManualTimeProvider _time = new();

    private static readonly RetryPolicy s_eager = new() { Attempts = 3, RetryOn = RetryConditions.ServerError, BackoffBase = TimeSpan.Zero, BackoffMax = TimeSpan.Zero };

    private ResiliencePipelineBuilder<HttpResponseMessage> Builder() => new() { TimeProvider = _time };

    [Test]
    public async Task AddMeshRetry_repeats_what_the_policy_says()
    {
        var calls = 0;
        var pipeline = Builder().AddMeshRetry(s_eager).Build();

        var response = await pipeline.ExecuteAsync(_ => ValueTask.FromResult(new HttpResponseMessage(++calls < 3 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK)));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(calls, Is.EqualTo(3));
    }

    [Test]
    public async Task AddMeshRetry_stops_after_its_attempts()
    {
        var calls = 0;
        var pipeline = Builder().AddMeshRetry(s_eager).Build();

        await pipeline.ExecuteAsync(_ =>
        {
            calls++;
            return ValueTask.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
        });

        Assert.That(calls, Is.EqualTo(4));
    }

    [Test]
    public async Task AddOutlierGuard_refuses_while_ejected_and_probes_afterwards()
    {
        var status = HttpStatusCode.InternalServerError;
        var calls = 0;
        var pipeline = Builder().AddOutlierGuard(new OutlierDetection { Consecutive5xxErrors = 2, BaseEjectionTime = TimeSpan.FromSeconds(10) }).Build();
        ValueTask<HttpResponseMessage> Call() => pipeline.ExecuteAsync(_ =>
        {
            calls++;
            return ValueTask.FromResult(new HttpResponseMessage(status));
        });

        await Call();
        await Call();
        var refused = await Assert.ThrowsAsync<MeshException>(async () => await Call());
        Assert.That(refused!.ResponseFlags, Is.EqualTo(ResponseFlags.NoHealthyUpstream));
        Assert.That(calls, Is.EqualTo(2));

        _time.Advance(TimeSpan.FromSeconds(10));
        await Call();
        Assert.That(calls, Is.EqualTo(3), "one probe");
        await Assert.ThrowsAsync<MeshException>(async () => await Call());

        _time.Advance(TimeSpan.FromSeconds(20));
        status = HttpStatusCode.OK;
        await Call();
        await Call();
        Assert.That(calls, Is.EqualTo(5), "back for good");
    }

    [Test]
    public async Task UseResilience_stands_around_all_tries()
    {
        var executions = 0;
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Service("orders.local", "10.0.0.1", "10.0.0.2"),
            m => m.UseResilience("orders.local", b => b.AddStrategy(_ => new Counting(() => executions++))));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.ConnectionRefused);

        for (var i = 0; i < 10; i++)
        {
            Assert.That((await mesh.GetAsync("http://orders.local/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(executions, Is.EqualTo(10));
        Assert.That(mesh.Network.Requests, Has.Count.GreaterThan(10));
    }

    private sealed class Counting(Action onExecute) : ResilienceStrategy<HttpResponseMessage>
    {
        protected override ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
        {
            onExecute();
            return callback(context, state);
        }
    }
}
