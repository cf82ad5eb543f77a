using Mesh.Configuration.Validation;

namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>What the validator behind <c>meshctl validate</c> says of one document.</summary>
internal static class Admitted
{
    private static readonly Dictionary<string, string> s_versions = new(StringComparer.Ordinal)
    {
        ["AuthorizationPolicy"] = "security.istio.io/v1",
        ["PeerAuthentication"] = "security.istio.io/v1",
        ["RequestAuthentication"] = "security.istio.io/v1",
        ["Telemetry"] = "telemetry.istio.io/v1",
        ["ProxyConfig"] = "networking.istio.io/v1beta1",
        ["EnvoyFilter"] = "networking.istio.io/v1alpha3",
        ["WasmPlugin"] = "extensions.istio.io/v1alpha1",
        ["TrafficExtension"] = "extensions.istio.io/v1alpha1",
    };

    public static DocumentValidation Document(string kind, string spec) =>
        Text($"apiVersion: {s_versions[kind]}\nkind: {kind}\nmetadata: {{name: case, namespace: shop}}\nspec:\n  {spec.ReplaceLineEndings("\n  ")}\n");

    public static DocumentValidation Text(string yaml) => new DocumentValidator().ValidateText(yaml).Single();

    /// <summary>Holds a document to what is expected: an error or none, a warning or none, each by a part of its words.</summary>
    /// <param name="result">What was said.</param>
    /// <param name="error">A part of the error; null when the document is valid.</param>
    /// <param name="warning">A part of the warning; null when there is none.</param>
    public static void Expect(DocumentValidation result, string? error, string? warning = null)
    {
        var errors = result.Errors.Select(static e => $"{e.Path}: {e.Message}").ToArray();
        var warnings = result.Warnings.Select(static w => $"{w.Path}: {w.Message}").ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(errors, error is null ? Is.Empty : Has.Some.Contains(error));
            Assert.That(warnings, warning is null ? Is.Empty : Has.Some.Contains(warning));
        });
    }
}
