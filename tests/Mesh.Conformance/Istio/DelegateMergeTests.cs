using System.Text.Json;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Conformance.Istio;

/// <summary>Istio's table of merging a rule that delegates with the rules of its delegate.</summary>
public sealed class DelegateMergeTests
{
    [Test]
    public void Rules_merge_as_Istio_merges_them()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var row in Rows.Read("istio", "traffic", "delegate-merge.json").GetProperty("cases").EnumerateArray())
        {
            total++;
            if (Difference(row) is { } difference)
            {
                failures[row.Text("id")] = difference;
            }
        }

        ConformanceReport.Settle("istio/traffic/delegate-merge", total, failures, new Dictionary<string, string>());
    }

    private static string? Difference(JsonElement row)
    {
        switch (row.Text("function"))
        {
            case "MergeHTTPRoutes":
                var root = Routes([row.GetProperty("root")])[0];
                var merged = Routes(row.GetProperty("delegate").EnumerateArray()).Select(leaf => DelegateMerge.Merge(root, leaf)).OfType<HTTPRouteSpec>().ToModelList();
                return Compare(merged, Routes(Items(row, "expected")));
            case "mergeHTTPMatchRequests":
                return Compare(DelegateMatchMerge.Merge(Matches(Items(row, "root")), Matches(Items(row, "delegate"))) ?? [], Matches(Items(row, "expected")));
            default:
                var conflicts = DelegateMatchMerge.Merge(Matches([row.GetProperty("root")]), Matches([row.GetProperty("delegate")])) is null;
                return conflicts == row.GetProperty("expectedConflict").GetBoolean() ? null : $"conflict: {conflicts}";
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement row, string name) => row.Has(name) ? row.GetProperty(name).EnumerateArray() : [];

    private static string? Compare<T>(ModelList<T> actual, ModelList<T> expected) =>
        actual.Equals(expected) ? null : $"got {string.Join(", ", actual)}, expected {string.Join(", ", expected)}";

    private static ModelList<HTTPMatchRequestSpec> Matches(IEnumerable<JsonElement> matches)
    {
        var list = string.Join(',', matches.Select(static m => m.GetRawText()));
        return Read($"[{{\"match\":[{list}]}}]")[0].Match;
    }

    private static ModelList<HTTPRouteSpec> Routes(IEnumerable<JsonElement> routes) => Read($"[{string.Join(',', routes.Select(static r => r.GetRawText()))}]");

    private static ModelList<HTTPRouteSpec> Read(string http)
    {
        var problems = new ProblemSink();
        var node = JsonNodes.Read("row", $"{{\"http\":{http}}}")[0].Root!;
        var spec = VirtualServiceReader.Read(new ObjectReader("", node, problems));
        Assert.That(problems.Problems, Is.Empty);
        return spec.Http;
    }
}
