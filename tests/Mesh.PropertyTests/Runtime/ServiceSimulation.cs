using Mesh.Client.Http;
using Mesh.Model;
using Mesh.Testing;

namespace Mesh.PropertyTests.Runtime;

/// <summary>
/// A service's life in single steps. A step that ends a call of another thread waits until that call has come to rest: ended, or kept by the next endpoint;
/// so whoever looks between two steps sees a state that nobody changes.
/// </summary>
internal sealed class ServiceSimulation : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly List<OpenCall> _open = [];

    public ServiceSimulation()
    {
        Network = new ScriptedEndpoints(address => Service!.TakesTraffic(address));
        Service = new SimulatedService(Network.For);
    }

    public SimulatedService Service { get; }

    public ScriptedEndpoints Network { get; }

    public ManualTimeProvider Time => Service.Time;

    /// <summary>
    /// The policies that may have acted in the last step: the one in force, and those of calls that began under an earlier one.
    /// A request keeps its snapshot, so it counts and ejects by the policy it began with.
    /// </summary>
    public IReadOnlyCollection<ClusterPolicy> ActingPolicies { get; private set; } = [];

    public void Run(MeshStep step)
    {
        HashSet<ClusterPolicy> acting = [Service.Policy, .. _open.Select(static o => o.Policy)];
        switch (step)
        {
            case MeshStep.Discover discover:
                Service.Discover(discover.Endpoints);
                break;
            case MeshStep.Configure configure:
                Service.Configure(configure.Policy);
                break;
            case MeshStep.Behave behave:
                Network.Behave(behave.Address, behave.Behavior);
                break;
            case MeshStep.Call:
                Call();
                break;
            case MeshStep.Finish finish when _open.Count > 0:
                Finish(_open[finish.Which % _open.Count], finish.How);
                break;
            case MeshStep.Advance advance:
                Time.Advance(advance.By);
                break;
        }

        acting.Add(Service.Policy);
        ActingPolicies = acting;
    }

    /// <summary>Ends everything that is still open.</summary>
    public void FinishAll()
    {
        ActingPolicies = [Service.Policy, .. _open.Select(static o => o.Policy)];
        for (var i = 0; _open.Count > 0; i++)
        {
            Finish(_open[^1], i % 3);
        }
    }

    public void Dispose() => Service.Dispose();

    private void Call()
    {
        var cancellation = new CancellationTokenSource();
        var request = SimulatedService.Request();
        var before = Network.Sends;
        var open = new OpenCall(request, Service.Client.SendAsync(request, cancellation.Token), cancellation, Service.Policy);
        Property.Require(Network.Sends - before <= SimulatedService.RetryAttempts + 1, $"{Network.Sends - before} tries, {SimulatedService.RetryAttempts + 1} allowed");
        _open.Add(open);
        if (open.Task.IsCompleted && !(open.Task.IsCompletedSuccessfully && open.Task.Result.Content is TrackedContent))
        {
            End(open, how: 1);
        }
    }

    /// <summary>An answer, an abandoned body or a broken one, a failure, a cancellation.</summary>
    private void Finish(OpenCall open, int how)
    {
        if (open.Task.IsCompleted)
        {
            End(open, how);
            return;
        }

        // The call goes on where its answer comes from: here, or on a thread of the pool.
        var held = Network.HeldAnswer(open.Request);
        var heldAgain = Network.NextHold(open.Request);
        switch (how)
        {
            case 0:
                held.SetResult(new HttpResponseMessage());
                break;
            case 1:
                held.SetException(new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException("reset")));
                break;
            default:
                open.Cancellation.Cancel();
                break;
        }

        Property.Require(Task.WaitAny([open.Task, heldAgain], s_deadline) >= 0, "the call went on neither to its end nor to another endpoint");
        if (open.Task.IsCompleted && !open.Task.IsCompletedSuccessfully)
        {
            End(open, how);
        }
    }

    private void End(OpenCall open, int how)
    {
        _open.Remove(open);
        if (open.Task.IsCompletedSuccessfully)
        {
            using var response = open.Task.Result;
            if (how == 0)
            {
                Read(response);
            }
        }

        open.Cancellation.Dispose();
    }

    private static void Read(HttpResponseMessage response)
    {
        try
        {
            response.Content.CopyTo(Stream.Null, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            Property.Require(response.Content.Headers.ContentLength is null, "only a body of unknown length breaks off");
        }
    }

    private sealed record OpenCall(HttpRequestMessage Request, Task<HttpResponseMessage> Task, CancellationTokenSource Cancellation, ClusterPolicy Policy);
}
