using BenchmarkDotNet.Attributes;
using Mesh.Client.Health;
using Mesh.Model;

namespace Mesh.Benchmarks.Micro;

/// <summary>What outlier detection does after every try.</summary>
public class Recording
{
    private static readonly OutlierDetection s_policy = new() { Consecutive5xxErrors = 5, ConsecutiveGatewayErrors = 5 };
    private readonly EndpointHealthState _state = new();

    [Benchmark]
    public string? Success() => _state.Record(new AttemptOutcome(AttemptResult.Response, 200), s_policy);

    [Benchmark]
    public string? BadGateway() => _state.Record(new AttemptOutcome(AttemptResult.Response, 502), s_policy);

    [Benchmark]
    public string? FailureThenSuccess() => _state.Record(new AttemptOutcome(AttemptResult.Reset, 0), s_policy) ?? _state.Record(new AttemptOutcome(AttemptResult.Response, 200), s_policy);
}
