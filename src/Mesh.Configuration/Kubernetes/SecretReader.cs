using System.Buffers.Text;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Kubernetes;

/// <summary>Reads a Secret. Whatever is wrong with it, no message shows a value. Source: Kubernetes core/v1 Secret.</summary>
internal static class SecretReader
{
    public static SecretSpec Read(ObjectReader reader)
    {
        var spec = new SecretSpec
        {
            Type = reader.String("type") is { Length: > 0 } type ? type : "Opaque",
            Data = reader.ConfidentialMap("data"),
            StringData = reader.ConfidentialMap("stringData"),
        };
        reader.IgnoreRest();
        return spec;
    }

    /// <summary>An API server refuses a Secret whose data is not base64, whether somebody uses it or not.</summary>
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var data = new FieldScope(document, problems, "data");
        foreach (var (key, value) in ((SecretSpec)document.Spec).Data)
        {
            if (!Base64.IsValid(value))
            {
                data[key].Error("is not base64; encode the value, or write it as it is under 'stringData'");
            }
        }
    }
}
