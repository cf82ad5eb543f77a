namespace Mesh.Client.Discovery;

/// <summary>How endpoints are read from configuration; the names and defaults are those of Microsoft.Extensions.ServiceDiscovery.</summary>
public sealed class ConfigurationEndpointOptions
{
    /// <summary>The configuration section that holds the services. Default <c>Services</c>.</summary>
    public string SectionName { get; set; } = "Services";

    /// <summary>
    /// Schemes that may be used, for example <c>https</c> alone to forbid plain text. Empty (the default): all.
    /// A name without a scheme then means these, in this order.
    /// </summary>
    public IList<string> AllowedSchemes { get; } = [];
}
