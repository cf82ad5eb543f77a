using System.Buffers.Text;
using System.Text;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Kubernetes;

/// <summary>A Kubernetes Secret. Source: core/v1. Its text form shows no value.</summary>
internal sealed record SecretSpec
{
    /// <summary>Type, for example <c>kubernetes.io/tls</c>. It only says which keys to expect.</summary>
    public string Type { get; init; } = "Opaque";

    /// <summary>Values by key, in base64.</summary>
    public ModelMap<string> Data { get; init; } = ModelMap<string>.Empty;

    /// <summary>Values by key, as they are. They go before those in <see cref="Data"/>.</summary>
    public ModelMap<string> StringData { get; init; } = ModelMap<string>.Empty;

    /// <summary>The value of a key as text; null when there is none or it is empty.</summary>
    public string? Text(string key) =>
        StringData.TryGetValue(key, out var text) ? text is { Length: > 0 } ? text : null
        : Data.TryGetValue(key, out var encoded) && encoded.Length > 0 && Base64.IsValid(encoded) ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded))
        : null;

    /// <summary>The field that holds the keys: of the two, the one with more of them.</summary>
    public string KeysField => StringData.Count > Data.Count ? "stringData" : "data";

    /// <summary>The field in which a key is written.</summary>
    public string FieldOf(string key) => FieldPath.Combine(StringData.TryGetValue(key, out _) ? "stringData" : "data", key);

    public override string ToString() => $"Secret of type {Type} with {Data.Count + StringData.Count} values";
}
