using System.Collections.Concurrent;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>
/// What the task pages of Istio's documentation promise for their own YAML. Every row of side CLIENT is a check of its own here; the prose
/// of the row became its assertions.
/// </summary>
public sealed class DocsRowTests
{
    private static readonly Dictionary<string, Func<DocRow, Task>> s_checks = new[] { BookinfoRows.All, HttpbinRows.All, LocalityRows.All, EgressRows.All }
        .SelectMany(static rows => rows).ToDictionary(static row => row.Key, static row => row.Value);

    private static readonly Dictionary<string, string> s_exceptions = [];

    [Test]
    public async Task Client_rows()
    {
        var rows = DocRow.ReadAll().Where(static r => r.Side == "CLIENT").ToArray();
        Assert.That(rows.Select(static r => r.Id).Except(s_checks.Keys), Is.Empty, "rows without a check");
        var failures = new ConcurrentDictionary<string, string>();
        await Task.WhenAll(rows.Select(async row =>
        {
            try
            {
                using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
                {
                    await Task.Run(() => s_checks[row.Id](row));
                }
            }
            catch (Exception e)
            {
                failures[row.Id] = $"{row}\n{e.Message}";
            }
        }));

        ConformanceReport.Settle("istio/docs, CLIENT", rows.Length, failures, s_exceptions);
    }

    [Test]
    public void Rows_of_other_sides_are_known_as_such()
    {
        var others = DocRow.ReadAll().Where(static r => r.Side != "CLIENT").ToArray();
        Assert.That(others.Select(static r => r.Side), Is.All.AnyOf("SERVER", "GATEWAY"));
        foreach (var side in others.GroupBy(static r => r.Side))
        {
            TestContext.Out.WriteLine($"{side.Key}: {string.Join(' ', side.Select(static r => r.Id))}");
        }
    }
}
