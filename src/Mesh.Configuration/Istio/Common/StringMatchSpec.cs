namespace Mesh.Configuration.Istio;

/// <summary>
/// A test of a text; at most one of the three is set. None set (<c>{}</c> in a document) means that the value only has to be there.
/// Source: Istio StringMatch.
/// </summary>
public sealed record StringMatchSpec
{
    /// <summary>The value is equal, byte for byte.</summary>
    public string? Exact { get; init; }

    /// <summary>The value starts with this; on paths without regard to segments.</summary>
    public string? Prefix { get; init; }

    /// <summary>The whole value matches this RE2 expression; <c>*</c> alone means "present".</summary>
    public string? Regex { get; init; }
}
