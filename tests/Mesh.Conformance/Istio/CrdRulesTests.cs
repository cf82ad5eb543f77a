using System.Text.Json;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Validation;

namespace Mesh.Conformance.Istio;

/// <summary>Istio's tests of its CustomResourceDefinitions: what an API server says of a document, with a part of the words.</summary>
public sealed class CrdRulesTests
{
    private static readonly Dictionary<string, string> s_exceptions = new(StringComparer.Ordinal)
    {
        ["CEL-065"] = "an unquoted IPv6 address, which the corpus' YAML reader made a mapping of",
    };

    [Test]
    public void Documents_are_valid_where_the_API_server_says_so()
    {
        using var corpus = JsonDocument.Parse(File.ReadAllText(Corpora.Require("istio", "crd-cel", "cases.json")));
        var rows = corpus.RootElement.GetProperty("cases").EnumerateArray().ToArray();
        var validator = new DocumentValidator();
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var expected = row.GetProperty("valid").GetBoolean();
            var result = validator.ValidateText(row.GetProperty("resource").GetRawText(), row.GetProperty("id").GetString()!, ConfigTextFormat.Json).Single();
            var errors = string.Join(" | ", result.Errors.Select(static e => $"{e.Path}: {e.Message}"));
            var fragment = row.GetProperty("errorContains").GetString();
            if (result.IsValid != expected)
            {
                failures.Add(result.File, expected ? $"refused: {errors}" : $"accepted, expected: {fragment}");
            }
            else if (fragment is not null && !errors.Contains(fragment, StringComparison.Ordinal))
            {
                failures.Add(result.File, $"expected: {fragment}; was: {errors}");
            }
        }

        ConformanceReport.Settle("istio/crd-cel", rows.Length, failures, s_exceptions);
    }
}
