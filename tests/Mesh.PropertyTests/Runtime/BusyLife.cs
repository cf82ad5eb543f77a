using Mesh.Client.Runtime;
using Mesh.Model;

namespace Mesh.PropertyTests.Runtime;

/// <summary>Callers that call as fast as they can while configurations are swapped, endpoints come, go, fail and are ejected, and time passes.</summary>
internal sealed class BusyLife : IDisposable
{
    private const int Callers = 8;

    /// <summary>At most this many retries at once: half of the requests under way, and there is one request to a caller.</summary>
    private const int RetryLimit = Callers / 2;

    private static readonly RetryBudget s_budget = new(50, 1);
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly BusyEndpoints _network = new();
    private readonly SimulatedService _service;
    private readonly HashSet<EndpointState> _seen = [];
    private int _calls;
    private volatile bool _isOver;

    public BusyLife() => _service = new SimulatedService(_network.For);

    public void Run(MeshStep[] history)
    {
        Change(history[0]);
        Change(history[1]);
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync))];
        var changes = Task.Run(() => ChangeAsync(history[2..]));
        Property.Require(Task.WaitAll([changes, .. callers], s_deadline), "the callers do not come to an end");

        Property.Require(_network.Mixed is null, $"a request met two snapshots: {_network.Mixed}");
        Property.Require(_network.MostTries <= SimulatedService.RetryAttempts + 1, $"{_network.MostTries} tries");
        Property.Require(_network.MostRetries <= RetryLimit, $"{_network.MostRetries} retries at once, {RetryLimit} allowed");
        CheckAtRest();
    }

    public void Dispose() => _service.Dispose();

    private async Task ChangeAsync(MeshStep[] changes)
    {
        try
        {
            foreach (var change in changes)
            {
                Change(change);

                // Some calls meet this state before the next change.
                for (var enough = Volatile.Read(ref _calls) + Callers; Volatile.Read(ref _calls) < enough;)
                {
                    await Task.Yield();
                }
            }
        }
        finally
        {
            _isOver = true;
        }
    }

    private void Change(MeshStep change)
    {
        switch (change)
        {
            case MeshStep.Discover discover:
                _service.Discover(discover.Endpoints);
                break;
            case MeshStep.Configure configure:
                _service.Configure(configure.Policy with { RetryBudget = s_budget });
                break;
            case MeshStep.Behave behave:
                _network.Behave(behave.Address, behave.Behavior);
                break;
            case MeshStep.Advance advance:
                _service.Time.Advance(advance.By);
                break;
        }

        if (_service.Runtime.Current is not null)
        {
            _seen.UnionWith(_service.Cluster.Owner.Endpoints);
        }
    }

    private async Task CallAsync()
    {
        while (!_isOver)
        {
            // An answer of the mesh itself comes at once; the others must get their turn.
            await Task.Yield();
            using var cancellation = new CancellationTokenSource();
            using var request = SimulatedService.Request();
            request.Options.Set(BusyEndpoints.Caller, cancellation);
            try
            {
                using var response = await _service.Client.SendAsync(request, cancellation.Token);
                await response.Content.CopyToAsync(Stream.Null, CancellationToken.None);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // A refusal, a reset or a body that broke off after the last try.
                Interlocked.Increment(ref _calls);
                continue;
            }
            catch (OperationCanceledException exception) when (exception.CancellationToken == cancellation.Token)
            {
                Interlocked.Increment(ref _calls);
                continue;
            }

            Interlocked.Increment(ref _calls);
        }
    }

    /// <summary>Nothing is left in flight; once everybody is well and has had its probe, nobody is missing.</summary>
    private void CheckAtRest()
    {
        var cluster = _service.Cluster;
        _seen.UnionWith(cluster.Owner.Endpoints);
        RestLaws.NothingInFlight(cluster, _seen);
        RestLaws.Membership(cluster.Set, _service.Discovered);

        _network.Heal();
        _service.Time.Advance(TimeSpan.FromMinutes(10));
        RestLaws.Membership(cluster.Set, _service.Discovered);
        RestLaws.EverybodyPickable(cluster, cluster.Set);
        Property.Require(cluster.Set.All.All(static e => (e.Flags & EndpointFlags.Ejected) == 0), "an ejection did not end");
    }
}
