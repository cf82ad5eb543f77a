using Mesh.Cli.Input;
using Mesh.Configuration.Explain;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Cli.Testing;

/// <summary>What came of one test.</summary>
/// <param name="Test">The test.</param>
/// <param name="Explanation">The decision.</param>
/// <param name="Differences">What is not as expected; empty when it passed.</param>
internal sealed record TestResult(RoutingTest Test, Explanation Explanation, IReadOnlyList<Difference> Differences)
{
    public bool HasPassed => Differences.Count == 0;
}

/// <summary>What came of one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Problems">Why it could not be run, or which documents its configuration had to do without.</param>
/// <param name="Results">One for each test; empty when the file could not be run.</param>
internal sealed record SpecResult(string Path, IReadOnlyList<ConfigProblem> Problems, IReadOnlyList<TestResult> Results)
{
    /// <summary>A test of configuration that is not in force proves nothing, so a document left out is a failure, too.</summary>
    public bool HasPassed => Problems.Count == 0 && Results.All(static r => r.HasPassed);
}

/// <summary>Runs files of routing tests.</summary>
internal static class RoutingTestRun
{
    /// <summary>Runs one file.</summary>
    /// <exception cref="UsageException">The file, or what it names, does not exist.</exception>
    public static SpecResult Run(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"{path} does not exist");
        }

        var (spec, problems) = RoutingSpecReader.Read(path, File.ReadAllText(path));
        if (spec is null)
        {
            return new SpecResult(path, problems, []);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var meshes = new Dictionary<(MeshView View, ModelList<string> Config), LoadedMesh>();
        var results = new List<TestResult>(spec.Tests.Count);
        foreach (var test in spec.Tests)
        {
            var (view, config) = (ViewOf(spec, test), spec.Config.Concat(test.Config).ToModelList());
            if (!meshes.TryGetValue((view, config), out var mesh))
            {
                meshes.Add((view, config), mesh = LoadedMesh.Load(config.Select(path => Path.GetFullPath(path, folder)), view));
            }

            var explanation = mesh.Explainer.Explain(test.Request);
            results.Add(new TestResult(test, explanation, ExpectationCheck.Compare(test.Expect, explanation)));
        }

        return new SpecResult(path, [.. meshes.Values.SelectMany(static m => m.LeftOut).Distinct()], results);
    }

    private static MeshView ViewOf(RoutingSpec spec, RoutingTest test) => new()
    {
        Namespace = test.From.Namespace ?? spec.From.Namespace ?? "default",
        Labels = test.From.Labels ?? spec.From.Labels ?? ModelMap<string>.Empty,
        Services = spec.Services,
        RegistryOnly = spec.RegistryOnly,
    };
}
