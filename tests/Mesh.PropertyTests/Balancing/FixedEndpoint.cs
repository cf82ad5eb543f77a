using Mesh.Balancing;
using Mesh.Discovery;

namespace Mesh.PropertyTests.Balancing;

/// <summary>An endpoint whose weight and load stand still.</summary>
internal sealed class FixedEndpoint(int weight, int activeRequests) : EndpointView
{
    public override MeshEndpoint Endpoint { get; } = new() { Address = "10.0.0.1" };

    public override int Weight => weight;

    public override int ActiveRequests => activeRequests;
}
