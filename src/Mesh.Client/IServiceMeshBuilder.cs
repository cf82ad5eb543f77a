using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client;

/// <summary>What <c>AddServiceMesh()</c> returns: the place where extensions add sources, balancers and rules.</summary>
public interface IServiceMeshBuilder
{
    /// <summary>The services of the application.</summary>
    IServiceCollection Services { get; }
}
