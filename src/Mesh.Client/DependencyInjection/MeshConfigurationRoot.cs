using Microsoft.Extensions.Configuration;

namespace Mesh.Client.DependencyInjection;

/// <summary>A configuration the mesh reads its sections from.</summary>
internal sealed record MeshConfigurationRoot(IConfiguration Configuration);
