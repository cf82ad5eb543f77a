using System.Text.Json;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Conformance.Istio;

/// <summary>Istio's functions on single values, and the code here that answers the same question.</summary>
internal static class ScalarChecks
{
    /// <summary>Null when the arguments are right, else what is wrong with them.</summary>
    public static string? Check(string function, JsonElement arguments) => function switch
    {
        "ValidateFQDN" => DnsName.CheckHost(Text(arguments)),
        "ValidateWildcardDomain" => DnsName.CheckWildcardHost(Text(arguments)),
        "ValidateIPAddress" => IpText.CheckAddress(Text(arguments)),
        "ValidateIPSubnet" => IpText.CheckSubnet(Text(arguments)),
        "validateExportTo" => Findings(at => at.ExportTo(Texts(arguments[1]), arguments[2].GetBoolean()), Text(arguments)),
        "validateLocalities" => Findings(at => LocalityValidator.Places(at, Texts(arguments[0]))),
        "ValidatePort" => Findings(at => at.Port(arguments[0].GetInt32())),
        "ValidateDuration" => Duration(Text(arguments)),
        "ValidateStrictHTTPHeaderName" => Findings(at => at.StrictHeaderName(Text(arguments))),
        "ValidateHTTPHeaderNameOrJwtClaimRoute" => Findings(at => at.HeaderName(Text(arguments))),
        "ValidateHTTPHeaderValue" => Findings(at => at.HeaderValue(Text(arguments))),
        "ValidatePortName" => Findings(at => at.PortName(Text(arguments))),
        _ => $"no check for {function}",
    };

    private static string Text(JsonElement arguments) => arguments[0].ValueKind == JsonValueKind.String ? arguments[0].GetString()! : arguments[0].GetRawText();

    private static Model.ModelList<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(static e => e.GetString()!)];

    private static string? Duration(string text) =>
        DurationText.TryParse(text, out var duration) ? Findings(at => at.PositiveDuration(duration)) : $"'{text}' is not a duration";

    /// <summary>Runs a check on a place in an empty document.</summary>
    private static string? Findings(Action<FieldScope> check, string @namespace = "default")
    {
        var document = new ConfigDocument
        {
            ApiVersion = "networking.istio.io/v1",
            Kind = "VirtualService",
            Metadata = new ObjectMetadata { Name = "case", Namespace = @namespace },
            Spec = "",
            Origin = new("VirtualService", @namespace, "case", "case", 1),
        };
        var problems = new ProblemSink { Purpose = ReadingPurpose.Admission };
        check(new FieldScope(document, problems, "value"));
        return problems.HasErrors ? problems.Problems[0].Message : null;
    }
}
