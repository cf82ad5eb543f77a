using BenchmarkDotNet.Attributes;
using Mesh.Peers.Stub;

namespace Mesh.Benchmarks.Micro;

/// <summary>One request through each chain over the stub transport: the check of the stub command by another method of timing.</summary>
public class RequestPath
{
    private StubLoop _loop = null!;

    /// <summary>All chains of the stub command.</summary>
    public static IEnumerable<string> Chains => StubModes.All.Select(static m => m.Name).Where(static n => n != "bare2");

    [ParamsSource(nameof(Chains))]
    public string Chain { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var stub = new StubTransport();
        _loop = new StubLoop(stub, StubModes.Get(Chain).Create(stub));
        _loop.Prime();
    }

    [Benchmark]
    public void AnsweredLater() => _loop.Run(1);
}
