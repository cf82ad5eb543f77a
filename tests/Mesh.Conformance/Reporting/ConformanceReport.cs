using System.Collections.Concurrent;
using System.Text;

namespace Mesh.Conformance;

/// <summary>
/// Where every corpus test hands in its counts. They are held against the table in docs/conformance.md, which
/// <c>MESH_UPDATE_DOCS=1</c> rewrites; the table is printed when the run ends.
/// </summary>
internal static class ConformanceReport
{
    private static readonly ConcurrentDictionary<string, ConformanceResult> s_results = new(StringComparer.Ordinal);

    private static bool IsUpdating => Environment.GetEnvironmentVariable("MESH_UPDATE_DOCS") == "1";

    /// <summary>Hands in the counts of a corpus, and fails when the committed table has others or does not argue an exception.</summary>
    /// <param name="corpus">Folder or file of the corpus, for example <c>istio/host-names</c>; once per run.</param>
    /// <param name="passed">Rows with exactly the expected outcome.</param>
    /// <param name="total">Rows that were run.</param>
    /// <param name="exceptions">Names of the rows that differ on purpose.</param>
    public static void Record(string corpus, int passed, int total, IReadOnlyCollection<string> exceptions)
    {
        var result = new ConformanceResult(corpus, total, passed, exceptions);
        s_results[corpus] = result;
        if (IsUpdating)
        {
            return;
        }

        // A larger set of the same corpora is held to the rules, and only the committed one to the committed counts.
        if (Environment.GetEnvironmentVariable("MESH_CORPORA") is { Length: > 0 } && ConformanceDocument.Row(corpus)?.StartsWith($"| {corpus} | {total} |", StringComparison.Ordinal) is not true)
        {
            return;
        }

        var page = ConformanceDocument.Text;
        Assert.Multiple(() =>
        {
            Assert.That(ConformanceDocument.Row(corpus), Is.EqualTo(result.ToRow()), "the table of docs/conformance.md is out of date; MESH_UPDATE_DOCS=1 rewrites it");
            Assert.That(exceptions.Where(row => !page.Contains(row, StringComparison.Ordinal)), Is.Empty, "docs/conformance.md argues each exception");
        });
    }

    /// <summary>
    /// Hands in a corpus row by row: fails when a row that is no exception failed, or an exception has begun to pass, with what each of them did.
    /// </summary>
    /// <param name="corpus">As for <see cref="Record"/>.</param>
    /// <param name="total">Rows that were run.</param>
    /// <param name="failures">Rows with another outcome than expected, and what it was.</param>
    /// <param name="exceptions">Rows that differ on purpose, and why.</param>
    public static void Settle(string corpus, int total, IReadOnlyDictionary<string, string> failures, IReadOnlyDictionary<string, string> exceptions)
    {
        var wrong = failures.Where(row => !exceptions.ContainsKey(row.Key)).Select(static row => $"{row.Key}: {row.Value}");
        if (wrong.Any())
        {
            Assert.Fail($"{corpus}: {total - failures.Count} of {total} rows passed\n  {string.Join("\n  ", wrong)}");
        }

        Assert.That(exceptions.Keys.Except(failures.Keys), Is.Empty, $"{corpus}: these are no exceptions any more");
        Record(corpus, total - failures.Count, total, [.. exceptions.Keys]);
    }

    /// <summary>Prints the table, and rewrites the committed one when that was asked for.</summary>
    public static void Finish()
    {
        if (s_results.IsEmpty)
        {
            return;
        }

        var table = new StringBuilder("Conformance\n").AppendLine($"  {"corpus",-36} {"rows",6} {"passed",7} {"exceptions",11}");
        foreach (var result in s_results.Values.OrderBy(static r => r.Corpus, StringComparer.Ordinal))
        {
            table.AppendLine($"  {result.Corpus,-36} {result.Rows,6} {result.Passed,7} {result.Exceptions.Count,11}");
        }

        TestContext.Progress.WriteLine(table.ToString());
        if (IsUpdating)
        {
            ConformanceDocument.Update(s_results.Values);
        }
    }
}
