namespace Mesh.Configuration.Istio;

/// <summary>Names a port of a service by its number. Source: Istio PortSelector.</summary>
/// <param name="Number">Port number, 1–65535.</param>
public sealed record PortSelectorSpec(int Number);
