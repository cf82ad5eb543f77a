using Mesh.Configuration.Explain;
using Mesh.PropertyTests.Routing;

namespace Mesh.PropertyTests.Explaining;

/// <summary>
/// Two implementations that must agree: the interpreter behind <c>meshctl explain</c> and the compiled request path, on random models and requests.
/// <c>MESH_EXHAUSTIVE=1</c> asks a hundred times as much; <c>MESH_PROPERTY_SEED</c> begins elsewhere.
/// </summary>
[TestFixture]
public class AgreementTests
{
    internal const int Requests = 25;
    private const int Models = 4_200;

    /// <summary>Differences come in kinds; the first few show which.</summary>
    private const int MostFailures = 8;

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("MESH_EXHAUSTIVE") == "1";

    private static int FirstSeed => int.TryParse(Environment.GetEnvironmentVariable("MESH_PROPERTY_SEED"), out var seed) ? seed : 20_261_125;

    [Test]
    public async Task The_interpreter_and_the_request_path_agree()
    {
        var models = IsExhaustive ? Models * 100 : Models;
        var outcomes = new Dictionary<ExplainedOutcome, int>();
        var failures = new List<string>();
        await using var mesh = new MeshUnderTest();
        for (var i = 0; i < models && failures.Count < MostFailures; i++)
        {
            var sample = ExplainCase.Make(FirstSeed + i);
            if (await FailureAsync(mesh, sample, outcomes) is not null)
            {
                var (smallest, difference) = await ShrinkAsync(sample);
                failures.Add($"seed {FirstSeed + i}: {difference}\n\n{smallest}");
            }
        }

        Assert.That(failures, Is.Empty, string.Join("\n----\n", failures));

        // Cases that never end in some way would prove nothing about it.
        Assert.That(outcomes.Values.Sum(), Is.GreaterThanOrEqualTo(100_000));
        Assert.That(outcomes.Keys, Is.EquivalentTo(Enum.GetValues<ExplainedOutcome>()));
        TestContext.Out.WriteLine(string.Join(", ", outcomes.Select(static o => $"{o.Key} {o.Value}")));
    }

    /// <summary>The first difference of a case; null when there is none.</summary>
    private static async Task<string?> FailureAsync(MeshUnderTest mesh, ExplainCase sample, Dictionary<ExplainedOutcome, int>? outcomes = null)
    {
        mesh.Apply(sample.Model);
        var explainer = new MeshExplainer(sample.Model);
        foreach (var request in sample.Requests)
        {
            var (outcome, difference) = await CompareAsync(mesh, explainer, request);
            if (difference is not null)
            {
                return difference;
            }

            if (outcomes is not null)
            {
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
        }

        return null;
    }

    private static async Task<(ExplainedOutcome Outcome, string? Difference)> CompareAsync(MeshUnderTest mesh, MeshExplainer explainer, RequestCase request)
    {
        try
        {
            return await Agreement.CompareAsync(mesh, explainer, request);
        }
        catch (Exception thrown) when (thrown is not AssertionException)
        {
            return (default, thrown.ToString());
        }
    }

    /// <summary>The smallest case found that still differs, in a mesh of its own.</summary>
    private static async Task<(ExplainCase Smallest, string Difference)> ShrinkAsync(ExplainCase failing)
    {
        var difference = "only after the models before it";
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var smaller in failing.Smaller())
            {
                await using var mesh = new MeshUnderTest();
                if (await FailureAsync(mesh, smaller) is { } found)
                {
                    (failing, difference, isSmaller) = (smaller, found, true);
                    break;
                }
            }
        }

        return (failing, difference);
    }
}
