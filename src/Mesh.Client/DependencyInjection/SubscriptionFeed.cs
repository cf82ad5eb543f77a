using Mesh.Client.Discovery;
using Mesh.Client.Runtime;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.DependencyInjection;

/// <summary>Discovery's subscription as the runtime's feed; neither knows the other.</summary>
internal sealed class SubscriptionFeed(Func<Action<ModelList<MeshEndpoint>>, EndpointSubscription> subscribe) : IEndpointFeed
{
    private EndpointSubscription? _subscription;

    public Task FirstResult => _subscription?.FirstResult ?? Task.CompletedTask;

    public void Start(Action<ModelList<MeshEndpoint>> onEndpoints)
    {
        _subscription = subscribe(onEndpoints);
        _subscription.Start();
    }

    public ValueTask DisposeAsync() => _subscription?.DisposeAsync() ?? default;
}
