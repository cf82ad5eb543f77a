using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>Fields of protobuf messages that are no Kubernetes objects.</summary>
internal static class ProtoFields
{
    /// <summary>A duration of any length and sign; what is allowed is up to each field.</summary>
    public static TextSchema Span { get; } =
        new TextSchema().Rule($"not a duration; {DurationText.Remedy}", static text => DurationText.TryParse(text.AsSpan(text.StartsWith('-') ? 1 : 0), out _));
}
