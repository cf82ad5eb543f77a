namespace Mesh.Client.Runtime;

/// <summary>The healthy, or the degraded, endpoints of one priority with their share of the requests.</summary>
/// <param name="Priority">The priority, 0 first.</param>
/// <param name="IsDegraded">True for the degraded ones.</param>
/// <param name="Share">Points of 100.</param>
/// <param name="Set">The endpoints.</param>
internal readonly record struct PrioritySlot(int Priority, bool IsDegraded, int Share, EndpointSet Set);
