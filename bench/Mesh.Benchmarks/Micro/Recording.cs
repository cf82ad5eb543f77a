using BenchmarkDotNet.Attributes;
using Mesh.Client.Health;
using Mesh.Model;

namespace Mesh.Benchmarks.Micro;

/// <summary>What outlier detection does after every try.</summary>
public class Recording
{
    private static readonly OutlierDetection s_policy = new() { Consecutive5xxErrors = 5, ConsecutiveGatewayErrors = 5 };
    private readonly EndpointHealthState _state = new();

    // A call takes about as long as BenchmarkDotNet's own around it, so each operation is many calls.
    private const int Calls = 100;

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Success() => Record(new AttemptOutcome(AttemptResult.Response, 200), new AttemptOutcome(AttemptResult.Response, 200));

    [Benchmark(OperationsPerInvoke = Calls)]
    public int BadGateway() => Record(new AttemptOutcome(AttemptResult.Response, 502), new AttemptOutcome(AttemptResult.Response, 502));

    [Benchmark(OperationsPerInvoke = Calls)]
    public int SuccessAndFailureInTurn() => Record(new AttemptOutcome(AttemptResult.Reset, 0), new AttemptOutcome(AttemptResult.Response, 200));

    private int Record(in AttemptOutcome even, in AttemptOutcome odd)
    {
        var reached = 0;
        for (var i = 0; i < Calls; i += 2)
        {
            reached += _state.Record(even, s_policy) is null ? 0 : 1;
            reached += _state.Record(odd, s_policy) is null ? 0 : 1;
        }

        return reached;
    }
}
