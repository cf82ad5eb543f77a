namespace Mesh.Configuration.Istio;

/// <summary>Names a service, optionally one of its ports and one of its subsets. Source: Istio Destination.</summary>
public sealed record DestinationSpec
{
    /// <summary>Host of the service; a name without a dot is expanded with the namespace of the document.</summary>
    public required string Host { get; init; }

    /// <summary>A subset of the host's DestinationRule; null: all endpoints.</summary>
    public string? Subset { get; init; }

    /// <summary>Port of the service; null: its only port, else the port of the request.</summary>
    public PortSelectorSpec? Port { get; init; }
}
