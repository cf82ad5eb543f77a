using BenchmarkDotNet.Attributes;
using Mesh.Benchmarks.Scale;
using Mesh.Client.Compile;

namespace Mesh.Benchmarks.Micro;

/// <summary>The route of a request among N prefix rules: the first, the last, or none (the service's default route).</summary>
public class RouteMatching
{
    private CompiledRouteTable _table = null!;
    private HttpRequestMessage _request = null!;

    [Params(1, 10, 100, 1000)]
    public int Routes { get; set; }

    [Params("first", "last", "none")]
    public string Matches { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var uri = new Uri("http://catalog" + Matches switch
        {
            "first" => SampleModel.Prefix(0) + "items/42",
            "last" => SampleModel.Prefix(Routes - 1) + "items/42",
            _ => "/elsewhere/items/42",
        });
        _request = new HttpRequestMessage(HttpMethod.Get, uri);
        var mesh = MeshCompiler.Compile(SampleModel.WithRoutes(Routes), null, new UnboundClusters());
        _table = mesh.FindService("catalog")!.TableFor(uri);
        var expected = Matches switch { "first" => "route-0", "last" => $"route-{Routes - 1}", _ => "default" };
        if (_table.Match(_request, out _).Name != expected)
        {
            throw new InvalidOperationException($"The request does not reach '{expected}'.");
        }
    }

    [Benchmark]
    public object Match() => _table.Match(_request, out _);
}
