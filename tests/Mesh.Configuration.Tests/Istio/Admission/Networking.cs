using Mesh.Configuration.Validation;

namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>What the validator behind <c>meshctl validate</c> says of one document of Istio's networking group.</summary>
internal static class Networking
{
    /// <summary>Holds a document to what is expected, by places: an error or none, a warning or none.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="spec">The fields of its spec.</param>
    /// <param name="error">The place of an error; null when the document is valid.</param>
    /// <param name="warning">The place of a warning; null when there is none.</param>
    /// <param name="annotations">Annotations, as fields of a flow mapping.</param>
    /// <param name="labels">Labels, as fields of a flow mapping.</param>
    public static void Expect(string kind, string spec, string? error, string? warning = null, string annotations = "", string labels = "")
    {
        var text = $"""
            apiVersion: networking.istio.io/v1
            kind: {kind}
            metadata: {"{"}name: case, namespace: shop, annotations: {"{"}{annotations}{"}"}, labels: {"{"}{labels}{"}}"}
            spec:
              {spec.Replace("\n", "\n  ", StringComparison.Ordinal)}
            """;
        var result = new DocumentValidator().ValidateText(text).Single();
        Assert.Multiple(() =>
        {
            var errors = result.Errors.Select(static e => e.Path).ToArray();
            var warnings = result.Warnings.Select(static w => w.Path).ToArray();
            Assert.That(errors, error is null ? Is.Empty : Has.Member(error), string.Join('\n', result.Errors.Select(static e => e.Message)));
            Assert.That(warnings, warning is null ? Is.Empty : Has.Member(warning), string.Join('\n', result.Warnings.Select(static w => w.Message)));
            Assert.That(result.IsValid, Is.EqualTo(error is null));
        });
    }

    /// <summary>A place below another; null stays null.</summary>
    public static string? Under(string place, string? below) => below switch
    {
        null => null,
        "" => place,
        _ => below[0] == '[' ? place + below : $"{place}.{below}",
    };
}
