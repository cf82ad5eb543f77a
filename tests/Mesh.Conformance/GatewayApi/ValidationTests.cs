using System.Text.Json;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Validation;

namespace Mesh.Conformance.GatewayApi;

/// <summary>The suite's tests of its CustomResourceDefinitions: what an API server says of a document, with parts of the words.</summary>
public sealed class ValidationTests
{
    private const string Cut = "upstream's code breaks the object first; the row has the valid object from before that";

    private static readonly Dictionary<string, string> s_exceptions = new(StringComparer.Ordinal)
    {
        ["TestGRPCRouteRule#3"] = Cut,
        ["TestValidateGateway#0"] = Cut,
        ["TestValidateGateway#1"] = Cut,
        ["TestValidateGateway#9"] = Cut,
        ["TestValidateGateway#10"] = Cut,
        ["TestValidateGateway#11"] = Cut,
        ["TestValidateGateway#19"] = Cut,
        ["TestValidateGateway#28"] = Cut,
        ["TestValidateGateway#29"] = Cut,
        ["TestValidateListenerSet#1"] = Cut,
        ["TestValidateListenerSet#2"] = Cut,
    };

    [Test]
    public void Documents_are_valid_where_the_API_server_says_so()
    {
        var rows = File.ReadLines(Corpora.Require("gateway-api", "validator", "cel-cases.jsonl")).Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
        var validator = new DocumentValidator();
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (Difference(row, validator) is { } difference)
            {
                failures.Add(row.GetProperty("id").GetString()!, difference);
            }
        }

        ConformanceReport.Settle("gateway-api/cel-cases", rows.Length, failures, s_exceptions);
    }

    private static string? Difference(JsonElement row, DocumentValidator validator)
    {
        var result = validator.ValidateText(row.GetProperty("object").GetRawText(), "row", ConfigTextFormat.Json).Single();
        var errors = string.Join(" | ", result.Errors.Select(static e => $"{e.Path}: {e.Message}"));
        if (result.IsValid != row.GetProperty("valid").GetBoolean())
        {
            return result.IsValid ? $"accepted, expected: {row.GetProperty("want_errors").GetRawText()}" : $"refused: {errors}";
        }

        var wanted = row.GetProperty("want_errors") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(static e => e.GetString()!) : [];
        var missing = wanted.Where(part => !errors.Contains(part, StringComparison.Ordinal)).ToArray();
        return missing.Length == 0 ? null : $"expected: {string.Join(" | ", missing)}; was: {errors}";
    }
}
