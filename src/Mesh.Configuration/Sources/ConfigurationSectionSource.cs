using System.Globalization;
using System.Runtime.CompilerServices;
using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Mesh.Configuration.Sources;

/// <summary>
/// Documents in the <c>Mesh</c> section of IConfiguration, reloaded with it. Two shapes, which can stand side by side:
/// <code>
/// "Mesh": {
///   "VirtualServices": { "catalog": { "hosts": ["catalog"], "http": [ … ] } },
///   "DestinationRules": { "shop/catalog": { … } },
///   "Documents": [ { "kind": "VirtualService", "metadata": { "name": "catalog" }, "spec": { … } } ]
/// }
/// </code>
/// In the first a section is named after a kind in the plural and holds specs by name (<c>name</c> or <c>namespace/name</c>, taken in lower
/// case), so that an environment variable changes a single field: <c>Mesh__VirtualServices__catalog__http__0__timeout=2s</c>.
/// </summary>
public sealed class ConfigurationSectionSource : IMeshConfigSource
{
    private const string DocumentsKey = "Documents";
    private static readonly string[] s_kinds = ["VirtualService", "DestinationRule", "ServiceEntry", "WorkloadEntry", "Gateway", "Sidecar", "Service", "Deployment"];

    private readonly IConfiguration _configuration;
    private readonly Dictionary<string, string> _kindOfSection = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates the source; nothing is read yet.</summary>
    /// <param name="configuration">The configuration that has the section.</param>
    /// <param name="sectionName">Path of the section. Default <c>Mesh</c>.</param>
    /// <param name="precedence">Which source wins; see <see cref="ConfigPrecedence"/>.</param>
    public ConfigurationSectionSource(IConfiguration configuration, string sectionName = "Mesh", int precedence = ConfigPrecedence.Configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(sectionName);
        (_configuration, Name, Precedence) = (configuration, sectionName, precedence);
        foreach (var kind in s_kinds)
        {
            _kindOfSection[Plural(kind)] = kind;
        }
    }

    /// <summary>The path of the section.</summary>
    public string Name { get; }

    /// <inheritdoc />
    public int Precedence { get; }

    /// <inheritdoc />
    public async IAsyncEnumerable<ConfigBatch> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reload = new ReloadSignal(_configuration);
        while (true)
        {
            yield return Read();
            await reload.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ConfigBatch Read()
    {
        var documents = new List<SectionDocument>();
        var problems = new List<ConfigProblem>();
        foreach (var section in _configuration.GetSection(Name).GetChildren())
        {
            if (section.Key.Equals(DocumentsKey, StringComparison.OrdinalIgnoreCase))
            {
                documents.AddRange(section.GetChildren().Select(static d => new SectionDocument(d.Path, ConfigurationNodes.Read(d))));
            }
            else if (_kindOfSection.TryGetValue(section.Key, out var kind))
            {
                documents.AddRange(section.GetChildren().Select(spec => Named(kind, spec)));
            }
            else if (NameSuggestion.Find(section.Key, [.. _kindOfSection.Keys, DocumentsKey]) is { } near)
            {
                // Other keys of the section are options of the client and none of our business.
                problems.Add(new() { Severity = ConfigProblemSeverity.Error, Source = section.Path, Message = $"unknown section '{section.Key}'; did you mean '{near}'?" });
            }
        }

        return ConfigBatch.FromSections(documents, problems);
    }

    private static SectionDocument Named(string kind, IConfigurationSection section)
    {
        var at = new SourcePosition(section.Path);
        var name = section.Key.ToLower(CultureInfo.InvariantCulture);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var metadata = slash < 0
            ? ConfigurationNodes.Mapping(at, ("name", ConfigurationNodes.Text(name, at)))
            : ConfigurationNodes.Mapping(at, ("namespace", ConfigurationNodes.Text(name[..slash], at)), ("name", ConfigurationNodes.Text(name[(slash + 1)..], at)));
        var root = ConfigurationNodes.Mapping(at, ("kind", ConfigurationNodes.Text(kind, at)), ("metadata", metadata), ("spec", ConfigurationNodes.Read(section)));
        return new SectionDocument(section.Path, root);
    }

    private static string Plural(string kind) => kind.EndsWith('y') ? $"{kind[..^1]}ies" : $"{kind}s";
}
