using Mesh.Configuration.Building;

namespace Mesh.Client.DependencyInjection;

/// <summary>A service a user configures in code.</summary>
internal sealed record UserService(string Name, Action<ServiceBuilder> Configure);
