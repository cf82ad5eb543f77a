using System.Text.Json;
using Mesh.Configuration.Validation;

namespace Mesh.Conformance.Istio;

/// <summary>
/// Istio's functions on MeshConfig and its parts. Each is given its argument in the place where a MeshConfig has it, and what is said of
/// that place is its answer; what is not written is zero, as in Istio's functions.
/// </summary>
internal static class MeshConfigChecks
{
    private const string Argument = "$";

    private static readonly Dictionary<string, (string Template, string Place)> s_functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ValidateMeshConfig"] = (Argument, ""),
        ["ValidateMeshConfigProxyConfig"] = ("""{"defaultConfig": $}""", "defaultConfig"),
        ["ValidateMeshTLSConfig"] = (Argument, "meshMTLS"),
        ["ValidateMeshTLSDefaults"] = (Argument, "tlsDefaults"),
        ["ValidateServiceSettings"] = (Argument, "serviceSettings"),
        ["ValidateTrustDomainConfig"] = (Argument, "trustDomain"),
        ["ValidateConnectTimeout"] = ("""{"connectTimeout": $}""", "connectTimeout"),
        ["ValidateProtocolDetectionTimeout"] = ("""{"protocolDetectionTimeout": $}""", "protocolDetectionTimeout"),
        ["ValidateDrainDuration"] = ("""{"defaultConfig": {"drainDuration": $}}""", "defaultConfig.drainDuration"),
        ["ValidateLightstepCollector"] = ("""{"defaultConfig": {"tracing": {"lightstep": $}}}""", "defaultConfig.tracing"),
        ["ValidateZipkinCollector"] = ("""{"defaultConfig": {"tracing": {"zipkin": $}}}""", "defaultConfig.tracing"),
        ["ValidateDatadogCollector"] = ("""{"defaultConfig": {"tracing": {"datadog": $}}}""", "defaultConfig.tracing"),
        ["ValidatePrivateKeyProvider"] = ("""{"defaultConfig": {"privateKeyProvider": $}}""", "defaultConfig.privateKeyProvider"),
        ["ValidateExtensionProvider"] = (Argument, "extensionProviders"),
        ["ValidateExtensionProviderService"] = Provider("datadog", """{"service": $, "port": 80}"""),
        ["ValidateExtensionProviderEnvoyExtAuthzStatusOnError"] = Provider("envoyExtAuthzGrpc", """{"service": "a.b", "port": 80, "statusOnError": $}"""),
        ["ValidateExtensionProviderEnvoyExtAuthzHTTP"] = Provider("envoyExtAuthzHttp"),
        ["ValidateExtensionProviderEnvoyExtAuthzGRPC"] = Provider("envoyExtAuthzGrpc"),
        ["ValidateExtensionProviderTracingZipkin"] = Provider("zipkin"),
        ["ValidateExtensionProviderTracingLightStep"] = Provider("lightstep"),
        ["ValidateExtensionProviderTracingDatadog"] = Provider("datadog"),
        ["ValidateExtensionProviderTracingOpenCensusAgent"] = Provider("opencensus"),
        ["ValidateExtensionProviderTracingSkyWalking"] = Provider("skywalking"),
        ["ValidateExtensionProviderTracingOpentelemetry"] = Provider("opentelemetry"),
        ["ValidateExtensionProviderMetricsPrometheus"] = Provider("prometheus"),
        ["ValidateExtensionProviderStackdriver"] = Provider("stackdriver"),
        ["ValidateExtensionProviderEnvoyFileAccessLog"] = Provider("envoyFileAccessLog"),
        ["ValidateExtensionProviderEnvoyOtelAls"] = Provider("envoyOtelAls"),
        ["ValidateExtensionProviderEnvoyHTTPAls"] = Provider("envoyHttpAls"),
        ["ValidateExtensionProviderEnvoyTCPAls"] = Provider("envoyTcpAls"),
    };

    /// <summary>Null for a function on something else.</summary>
    public static ScalarOutcome? Check(string function, JsonElement argument)
    {
        if (function == "ValidateMeshNetworks")
        {
            return Outcome(DocumentValidator.ValidateMeshNetworks(argument.GetRawText()), "");
        }

        if (!s_functions.TryGetValue(function, out var known))
        {
            return null;
        }

        var json = known.Template.Replace(Argument, argument.ValueKind == JsonValueKind.Null && known.Template == Argument ? "{}" : argument.GetRawText(), StringComparison.Ordinal);
        return Outcome(DocumentValidator.ValidateMeshConfig(json, isWhole: true), known.Place);
    }

    private static (string Template, string Place) Provider(string kind, string config = Argument) =>
        ($$"""{"extensionProviders": [{"name": "case", "{{kind}}": {{config}}}]}""", "extensionProviders");

    // Of a whole MeshConfig Istio only logs what is wrong with its providers.
    private static ScalarOutcome Outcome(DocumentValidation result, string place)
    {
        bool IsAsked(DocumentFinding finding) =>
            finding.Path.StartsWith(place, StringComparison.Ordinal) && (place.Length > 0 || !finding.Path.StartsWith("extensionProviders", StringComparison.Ordinal));

        return new(Text(result.Errors.FirstOrDefault(IsAsked)), Text(result.Warnings.FirstOrDefault(IsAsked)));
    }

    private static string? Text(DocumentFinding? finding) => finding is null ? null : $"{finding.Path}: {finding.Message}";
}
