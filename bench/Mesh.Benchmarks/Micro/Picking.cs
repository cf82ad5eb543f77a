using BenchmarkDotNet.Attributes;
using Mesh.Balancing;
using Mesh.Client.Balancing;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Benchmarks.Micro;

/// <summary>One pick of each algorithm, with equal weights and with weights 1 to 5.</summary>
public class Picking
{
    // A pick takes about as long as BenchmarkDotNet's own call around it, so each operation is many picks.
    private const int Picks = 100;

    private Picker _picker = null!;
    private ulong _random;

    [Params(LoadBalancingAlgorithms.RoundRobin, LoadBalancingAlgorithms.Random, LoadBalancingAlgorithms.LeastRequest)]
    public string Algorithm { get; set; } = "";

    [Params(3, 100, 1000)]
    public int Endpoints { get; set; }

    [Params(false, true)]
    public bool Weighted { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var settings = new LoadBalancing { Algorithm = Algorithm };
        var endpoints = Enumerable.Range(0, Endpoints).Select(i => new IdleEndpoint(Weighted ? 1 + (i % 5) : 1)).ToArray();
        _picker = new LoadBalancers([]).For(settings).CreatePicker(endpoints, settings);
    }

    [Benchmark(OperationsPerInvoke = Picks)]
    public int Pick()
    {
        var sum = 0;
        for (var i = 0; i < Picks; i++)
        {
            var context = new PickContext(_random++);
            sum += _picker.Pick(ref context);
        }

        return sum;
    }

    private sealed class IdleEndpoint(int weight) : EndpointView
    {
        public override MeshEndpoint Endpoint { get; } = new() { Address = "127.0.0.1" };

        public override int Weight => weight;

        public override int ActiveRequests => 0;
    }
}
