using System.Text.Json;
using Mesh.Configuration.Naming;

namespace Mesh.Conformance.Istio;

/// <summary>
/// Istio's algebra of host names. Two of its tables test lists of names as a Sidecar imports them (<c>namespace/host</c>); they are answered
/// with the operations the import is made of.
/// </summary>
public sealed class HostNameTests
{
    private const string Corpus = "istio/host-names";

    [Test]
    public void Names_relate_as_Istio_says()
    {
        var tables = Rows.Read("istio", "host-names.json").GetProperty("tables");
        var failures = new Dictionary<string, string>();
        var total = 0;
        foreach (var table in tables.EnumerateObject())
        {
            var index = 0;
            foreach (var row in table.Value.EnumerateArray())
            {
                total++;
                var (actual, expected) = Answer(table.Name, row);
                if (actual != expected)
                {
                    failures[$"{table.Name}[{index}]"] = $"{row.GetRawText()} gave {actual}";
                }

                index++;
            }
        }

        ConformanceReport.Settle(Corpus, total, failures, new Dictionary<string, string>());
    }

    private static (string Actual, string Expected) Answer(string table, JsonElement row) => table switch
    {
        "TestNameMatches" => (HostName.Overlaps(row.Text("a"), row.Text("b")).ToString(), row.GetProperty("out").GetBoolean().ToString()),
        "TestNameSubsetOf" => (HostName.IsWithin(row.Text("a"), row.Text("b")).ToString(), row.GetProperty("out").GetBoolean().ToString()),
        "TestNamesSortOrder" => (Join(row.Texts("in").Order(Comparer<string>.Create(HostName.CompareSpecificity))), Join(row.Texts("want"))),
        "TestMoreSpecific" => ((HostName.CompareSpecificity(row.Text("host1"), row.Text("host2")) <= 0).ToString(), row.GetProperty("expected").GetBoolean().ToString()),
        "TestNamesIntersection" => (Join(Intersect(row.Texts("a"), row.Texts("b"))), Join(row.Texts("intersection"))),
        "TestNamesForNamespace" => (Join(OfNamespace(row.Texts("hosts"), row.Text("namespace"))), Join(row.Texts("want"))),
        _ => ("no answer to this table", ""),
    };

    // What both lists mean: of two names that meet, the narrower one.
    private static IEnumerable<string> Intersect(string[] left, string[] right) =>
        from a in left
        from b in right
        where HostName.IsWithin(a, b) || HostName.IsWithin(b, a)
        select HostName.IsWithin(a, b) ? a : b;

    private static IEnumerable<string> OfNamespace(string[] hosts, string @namespace)
    {
        foreach (var host in hosts)
        {
            var slash = host.IndexOf('/');
            if (slash < 0 || host[..slash] == "*" || host[..slash] == @namespace)
            {
                yield return host[(slash + 1)..];
            }
        }
    }

    private static string Join(IEnumerable<string> names) => string.Join(' ', names);
}
