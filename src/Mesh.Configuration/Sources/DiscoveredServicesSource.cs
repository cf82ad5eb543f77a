using System.Globalization;
using System.Runtime.CompilerServices;
using Mesh.Configuration.Reading;
using Mesh.Model;
using Microsoft.Extensions.Configuration;

namespace Mesh.Configuration.Sources;

/// <summary>
/// Makes every key of the <c>Services</c> section a service of the mesh. Only the names are read here: the endpoints below them keep the
/// grammar of Microsoft.Extensions.ServiceDiscovery and are read by the endpoint source of that section.
/// </summary>
public sealed class DiscoveredServicesSource : IMeshConfigSource
{
    private readonly IConfiguration _configuration;
    private readonly Dictionary<string, ConfigDocument> _known = new(StringComparer.Ordinal);

    /// <summary>Creates the source; nothing is read yet.</summary>
    /// <param name="configuration">The configuration that has the section.</param>
    /// <param name="sectionName">Path of the section. Default <c>Services</c>.</param>
    /// <param name="precedence">Which source wins; see <see cref="ConfigPrecedence"/>.</param>
    public DiscoveredServicesSource(IConfiguration configuration, string sectionName = "Services", int precedence = ConfigPrecedence.DiscoveredServices)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(sectionName);
        (_configuration, Name, Precedence) = (configuration, sectionName, precedence);
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
            yield return ConfigBatch.FromDocuments([.. _configuration.GetSection(Name).GetChildren().Select(Document)]);
            await reload.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ConfigDocument Document(IConfigurationSection section)
    {
        var name = section.Key.ToLower(CultureInfo.InvariantCulture);
        if (!_known.TryGetValue(name, out var document))
        {
            _known[name] = document = new ConfigDocument
            {
                ApiVersion = "",
                Kind = DiscoveredServiceSpec.Kind,
                Metadata = new ObjectMetadata { Name = name },
                Spec = new DiscoveredServiceSpec { Name = name },
                Origin = new ConfigOrigin(DiscoveredServiceSpec.Kind, "", name, section.Path),
                SourceName = section.Path,
                Position = new SourcePosition(section.Path),
            };
        }

        return document;
    }
}

/// <summary>A service whose endpoints the endpoint sources know, by its name there.</summary>
internal sealed record DiscoveredServiceSpec
{
    /// <summary>Kind of its documents: the name of the section.</summary>
    public const string Kind = "Services";

    /// <summary>Name as written in the section, in lower case.</summary>
    public required string Name { get; init; }
}
