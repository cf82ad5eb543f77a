using System.Collections.Concurrent;
using Mesh.Model;
using Polly;
using Polly.Telemetry;
using Polly.Simmy;
using Polly.Simmy.Latency;
using Polly.Simmy.Outcomes;

namespace Mesh.Client.Resilience;

/// <summary>
/// Builds the pipeline of a route, outermost first: what the user adds for the service, injected faults, the attempt loop. Faults stand above the loop so that
/// an injected abort is neither retried nor charged to an endpoint, and an injected delay does not count against the route's time (ISTIO §2 Fault).
/// A route whose document writes nothing has no pipeline at all: its tries run bare. What a user adds may remember things (a circuit breaker), so those
/// pipelines are kept by what they are made of and a reload resets none; all others remember nothing and go with their route.
/// </summary>
internal sealed class RoutePipelineFactory(TimeProvider time, Func<ulong> random, TelemetryListener? events = null)
{
    private readonly ConcurrentDictionary<(string Service, Fault? Fault), RoutePipeline> _ofUsers = new();
    private readonly ConcurrentDictionary<string, Action<ResiliencePipelineBuilder<HttpResponseMessage>>> _users = new(StringComparer.Ordinal);

    private RoutePipeline? _plain;

    /// <summary>Registers what a user puts around every route of a service, named by one of its hosts.</summary>
    public void Use(string host, Action<ResiliencePipelineBuilder<HttpResponseMessage>> configure) =>
        _users.AddOrUpdate(host, configure, (_, before) => before + configure);

    public RoutePipeline? Create(ServiceModel service, ForwardAction action)
    {
        var user = Find(service);
        var isWritten = !action.Retries.IsDefault || action.Timeout is not null || action.Fault is not null;
        if (user is null && !isWritten)
        {
            return null;
        }

        return user is not null ? _ofUsers.GetOrAdd((service.Name, action.Fault), _ => Build(user, action.Fault))
            : action.Fault is not null ? Build(null, action.Fault)
            : _plain ??= Build(null, null);
    }

    private Action<ResiliencePipelineBuilder<HttpResponseMessage>>? Find(ServiceModel service)
    {
        foreach (var host in service.Hosts)
        {
            if (_users.TryGetValue(host, out var configure))
            {
                return configure;
            }
        }

        return null;
    }

    private RoutePipeline Build(Action<ResiliencePipelineBuilder<HttpResponseMessage>>? user, Fault? fault)
    {
        // Only strategies of Polly's have anything to report; on a route with nothing but our loop a listener would cost each request for nothing.
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time, TelemetryListener = user is null && fault is null ? null : events };
        user?.Invoke(builder);
        if (fault?.Delay is { } delay && fault.DelayPercent > 0)
        {
            builder.AddChaosLatency(new ChaosLatencyStrategyOptions
            {
                Latency = delay,
                InjectionRate = fault.DelayPercent / 100,
                Randomizer = NextDouble,
                OnLatencyInjected = static arguments =>
                {
                    CallOf(arguments.Context).OnDelayInjected();
                    return default;
                },
            });
        }

        if (fault is { AbortPercent: > 0 } && (fault.AbortHttpStatus is not null || fault.AbortGrpcStatus is not null))
        {
            builder.AddChaosOutcome(new ChaosOutcomeStrategyOptions<HttpResponseMessage>
            {
                InjectionRate = fault.AbortPercent / 100,
                Randomizer = NextDouble,
                OutcomeGenerator = arguments => new ValueTask<Outcome<HttpResponseMessage>?>(Outcome.FromResult(CallOf(arguments.Context).CreateAbort(fault))),
            });
        }

        return new RoutePipeline(builder.AddStrategy(static _ => new MeshRetryStrategy()).Build(), fault is not null);
    }

    private static RetryState CallOf(ResilienceContext context) => context.Properties.GetValue(RoutePipeline.CallKey, null!);

    private double NextDouble() => (random() >> 11) * (1.0 / (1UL << 53));
}
