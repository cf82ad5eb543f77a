using Mesh.Configuration.Sources;
using Mesh.Configuration.Validation;

namespace Mesh.Conformance.Istio;

/// <summary>Every row of Istio's own validation tests, through the validator behind <c>meshctl validate</c>.</summary>
public sealed class ValidationTests
{
    private static readonly Dictionary<string, string> s_exceptions = new(StringComparer.Ordinal)
    {
        ["AuthorizationPolicy-030"] = "an empty list, which the corpus leaves out: what is left, an empty rule, is valid",
        ["PeerAuthentication-005"] = "an empty map, which the corpus leaves out: what is left is valid",
    };

    [Test]
    public void Documents_are_valid_where_Istio_says_so()
    {
        var rows = ValidationRow.ReadAll();
        var validator = new DocumentValidator();
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (Difference(row, validator) is { } difference)
            {
                failures.Add(row.Id, difference);
            }
        }

        ConformanceReport.Settle("istio/validation", rows.Count, failures, s_exceptions);
    }

    private static string? Difference(ValidationRow row, DocumentValidator validator)
    {
        if (row.Resource is null)
        {
            try
            {
                var (problem, warning) = ScalarChecks.Check(row.Function, row.Arguments);
                return problem is null != row.Valid ? $"{row.Function}: {(row.Valid ? "refused: " + problem : "accepted")}"
                    : row.Warning is null || row.Warning == warning is not null ? null
                    : $"{row.Function}: {warning ?? "no warning"}";
            }
            catch (NotSupportedException error)
            {
                return error.Message;
            }
        }

        var result = validator.ValidateText(row.Resource, row.Id, ConfigTextFormat.Json).Single();
        if (result.IsValid != row.Valid)
        {
            return row.Valid ? $"{row.Function}: refused: {Messages(result.Errors)}" : $"{row.Function}: accepted";
        }

        var warned = result.Warnings.Count > 0;
        return row.Warning is null || row.Warning == warned ? null : warned ? $"{row.Function}: warned: {Messages(result.Warnings)}" : $"{row.Function}: no warning";
    }

    private static string Messages(IEnumerable<DocumentFinding> findings) => string.Join(" | ", findings.Select(static f => $"{f.Path}: {f.Message}"));
}
