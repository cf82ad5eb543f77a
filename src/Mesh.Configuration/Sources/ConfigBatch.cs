using Mesh.Configuration.Reading;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Sources;

/// <summary>The whole content of one source at one moment. Immutable.</summary>
public sealed class ConfigBatch
{
    private ConfigBatch()
    {
    }

    /// <summary>A source without content.</summary>
    public static ConfigBatch Empty { get; } = new();

    internal IReadOnlyList<ConfigText> Texts { get; private init; } = [];

    internal IReadOnlyList<SectionDocument> Sections { get; private init; } = [];

    internal IReadOnlyList<ConfigDocument> Documents { get; private init; } = [];

    internal IReadOnlyList<ConfigProblem> Problems { get; private init; } = [];

    /// <summary>True when the source could not be looked through: what it held before stays in force.</summary>
    internal bool IsIncomplete { get; private init; }

    /// <summary>Documents in a YAML text.</summary>
    /// <param name="sourceName">What messages put before line and column, for example a file name.</param>
    /// <param name="text">Any number of documents divided by <c>---</c>.</param>
    public static ConfigBatch FromYaml(string sourceName, string text) => FromTexts([new ConfigText(sourceName, text)]);

    /// <summary>Documents in a JSON text.</summary>
    /// <param name="sourceName">What messages put before line and column, for example a file name.</param>
    /// <param name="text">One object or a list of objects.</param>
    public static ConfigBatch FromJson(string sourceName, string text) => FromTexts([new ConfigText(sourceName, text, ConfigTextFormat.Json)]);

    /// <summary>Documents in several texts.</summary>
    /// <param name="texts">The texts; their order does not matter unless they repeat an object, when the first counts.</param>
    /// <param name="problems">What the source itself has to report. An error whose <see cref="ConfigProblem.Source"/> is the name of a text keeps the objects that text had before.</param>
    /// <param name="incomplete">True when the source could not be looked through: what it held before and does not hold now stays in force.</param>
    public static ConfigBatch FromTexts(IEnumerable<ConfigText> texts, IEnumerable<ConfigProblem>? problems = null, bool incomplete = false)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new() { Texts = [.. texts], Problems = [.. problems ?? []], IsIncomplete = incomplete };
    }

    internal static ConfigBatch FromDocuments(IEnumerable<ConfigDocument> documents) => new() { Documents = [.. documents] };

    internal static ConfigBatch FromSections(IEnumerable<SectionDocument> sections, IEnumerable<ConfigProblem> problems) =>
        new() { Sections = [.. sections], Problems = [.. problems] };
}

/// <summary>A document of IConfiguration: nodes without types, names without case.</summary>
internal sealed record SectionDocument(string SourceName, ConfigNode Root);
