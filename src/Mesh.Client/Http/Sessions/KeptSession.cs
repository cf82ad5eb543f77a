using Mesh.Client.Compile;
using Mesh.Client.Runtime;

namespace Mesh.Client.Http.Sessions;

/// <summary>A live session that a request brought along, and the endpoint it stands for.</summary>
/// <param name="Token">What the request said.</param>
/// <param name="Destination">The destination the endpoint belongs to, whatever its weight.</param>
/// <param name="Endpoint">The endpoint.</param>
internal sealed record KeptSession(SessionToken Token, CompiledDestination Destination, EndpointState Endpoint);
