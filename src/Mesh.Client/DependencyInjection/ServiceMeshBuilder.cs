using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.DependencyInjection;

internal sealed class ServiceMeshBuilder(IServiceCollection services) : IServiceMeshBuilder
{
    public IServiceCollection Services { get; } = services;
}

/// <summary>Says that the mesh is registered already.</summary>
internal sealed class ServiceMeshMarker;
