namespace Mesh.Configuration.Sources;

/// <summary>What a <see cref="ConfigText"/> is written in.</summary>
public enum ConfigTextFormat
{
    /// <summary>YAML, any number of documents divided by <c>---</c>.</summary>
    Yaml,

    /// <summary>JSON, one object or a list of objects.</summary>
    Json,
}

/// <summary>A text with configuration documents. Hand over the same instance again while a text is unchanged, and it is not read again.</summary>
/// <param name="SourceName">File name or another name that messages put before line and column.</param>
/// <param name="Text">The text.</param>
/// <param name="Format">What it is written in.</param>
public sealed record ConfigText(string SourceName, string Text, ConfigTextFormat Format = ConfigTextFormat.Yaml);
