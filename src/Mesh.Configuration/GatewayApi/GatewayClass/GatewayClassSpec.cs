namespace Mesh.Configuration.GatewayApi;

/// <summary>A kind of gateway and who runs it. Read only: a process serves the Gateways it is told to. Source: Gateway API GatewayClass.</summary>
public sealed record GatewayClassSpec
{
    /// <summary>Name of the controller.</summary>
    public required string ControllerName { get; init; }

    /// <summary>Parameters of the controller.</summary>
    public ObjectReferenceSpec? ParametersRef { get; init; }

    /// <summary>Description for people.</summary>
    public string? Description { get; init; }
}
