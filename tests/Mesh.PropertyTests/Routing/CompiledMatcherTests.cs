using FsCheck;
using Mesh.Client.Compile;
using Mesh.Model;

namespace Mesh.PropertyTests.Routing;

/// <summary>The compiled matcher, with its index and its spans over the URI, decides as the reference does.</summary>
[TestFixture]
public class CompiledMatcherTests
{
    private const int RequestsOfACase = 16;

    [Test]
    public void It_agrees_with_the_reference_on_random_services() => Agree(RouteGenerators.Mixed(RequestsOfACase), runs: 1_000, soakRuns: 50_000);

    [Test]
    public void It_agrees_with_the_reference_on_prefixes_nested_deeper_than_the_index_merges() => Agree(RouteGenerators.DeeplyNested(RequestsOfACase), runs: 300, soakRuns: 15_000);

    /// <summary>A generator whose requests match nothing would prove nothing.</summary>
    [Test]
    public void The_random_requests_meet_all_kinds_of_ends()
    {
        var decided = new HashSet<string>();
        var pairs = 0;
        Property.ForAll(
            RouteGenerators.Mixed(RequestsOfACase),
            sample =>
            {
                var reference = new ReferenceMatcher(sample.Service);
                foreach (var request in sample.Requests)
                {
                    pairs++;
                    decided.Add(reference.Match(request).Rule);
                }
            },
            runs: 200,
            soakRuns: 200);
        Assert.That(decided, Is.SupersetOf(new[] { "-", "default", "r0", "r1", "r12", "r20" }));
        Assert.That(pairs, Is.EqualTo(200 * RequestsOfACase));
    }

    private static void Agree(Gen<RouteCase> cases, int runs, int soakRuns) => Property.ForAll(cases, AgreeOn, runs, soakRuns, RouteCase.Shrink);

    private static void AgreeOn(RouteCase sample)
    {
        var mesh = MeshCompiler.Compile(new MeshModel { Services = [sample.Service] }, null, new NoClusters());
        var reference = new ReferenceMatcher(sample.Service);
        foreach (var request in sample.Requests)
        {
            var expected = reference.Match(request);
            using var message = request.Build();
            var route = mesh.FindService("catalog")!.TableFor(message.RequestUri!).Match(message, out var match);
            Property.Require(route.Name == expected.Rule, $"{request}: the matcher says {route.Name}, the reference {expected.Rule} ({expected.Match})");
            if (match is not null)
            {
                // A rewrite replaces what this alternative matched.
                Property.Require(match.Path?.Value == expected.Match?.Path?.Value, $"{request}: of {route.Name} {match.Path?.Value} held, not {expected.Match?.Path}");
            }
        }
    }

    /// <summary>Matching needs no endpoints.</summary>
    private sealed class NoClusters : IClusterBinder
    {
        public CompiledCluster Bind(ServiceModel service, ClusterModel model, ServicePort? port, SchemeChoice scheme) => new Cluster(service, model, port);

        public object? CreatePipeline(ServiceModel service, ForwardAction action) => null;

        private sealed class Cluster(ServiceModel service, ClusterModel model, ServicePort? port) : CompiledCluster(service, model, port);
    }
}
