// hot path
using System.Runtime.InteropServices;
using Mesh.Balancing;
using Mesh.Client.Health;
using Mesh.Client.Transport;
using Mesh.Discovery;

namespace Mesh.Client.Runtime;

/// <summary>
/// One address of one service, and all that outlives snapshots: load, health counters, ejection history, connections.
/// It holds no configuration; thresholds come in with each call, so editing a DestinationRule keeps the statistics.
/// Counters are written by anybody with interlocked operations; flags and history only under the gate of the owning <see cref="ServiceState"/>.
/// </summary>
internal sealed class EndpointState(ServiceState owner, string address, int port, MeshEndpoint endpoint) : EndpointView
{
    private PaddedCounter _active;
    private int _flags = TakesTraffic(endpoint) ? 0 : (int)EndpointFlags.Unhealthy;
    private int _trial;
    private MeshEndpoint _endpoint = endpoint;
    private EndpointTransport[] _transports = [];

    public ServiceState Owner { get; } = owner;

    public string Address { get; } = address;

    public int Port { get; } = port;

    /// <summary>Address and port, the value of the endpoint's tag.</summary>
    public string Name { get; } = (address.Contains(':', StringComparison.Ordinal) ? "[" + address + "]:" : address + ":") + port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public EndpointHealthState Health { get; } = new();

    public override MeshEndpoint Endpoint => _endpoint;

    public override int Weight => Math.Max(_endpoint.Weight, 1);

    public override int ActiveRequests => Volatile.Read(ref _active.Value);

    public EndpointFlags Flags => (EndpointFlags)Volatile.Read(ref _flags);

    // Ejection history, written under the owner's gate.
    public int EjectionMultiplier { get; set; }

    public int EjectionCount { get; set; }

    public long EjectedUntil { get; set; }

    public long LastReturn { get; set; }

    /// <summary>When the endpoint left its service; 0 while it is a member.</summary>
    public long RetiredAt { get; set; }

    /// <summary>Whether a request has asked for it since its service last looked; only of endpoints that requests name themselves.</summary>
    public bool IsUsed { get; set; }

    /// <summary>
    /// Takes the endpoint for a try. On a healthy endpoint this is one comparison and one increment. A probing or suspect one lets a single try through
    /// at a time (<paramref name="isTrial"/>); an ejected or unhealthy one none.
    /// </summary>
    public bool TryAcquire(out bool isTrial)
    {
        isTrial = false;
        var flags = Volatile.Read(ref _flags);
        if (flags != 0)
        {
            if ((flags & (int)(EndpointFlags.Ejected | EndpointFlags.Unhealthy)) != 0 || Interlocked.CompareExchange(ref _trial, 1, 0) != 0)
            {
                return false;
            }

            isTrial = true;
        }

        Interlocked.Increment(ref _active.Value);
        return true;
    }

    /// <summary>Takes the endpoint whatever its health: panic, or nothing better is left.</summary>
    public void AcquireAnyway() => Interlocked.Increment(ref _active.Value);

    /// <summary>Ends what an acquisition began.</summary>
    public void Release() => Interlocked.Decrement(ref _active.Value);

    /// <summary>Judges the try: counters, the end of a trial, and where due the ejection.</summary>
    public void Record(in AttemptOutcome outcome, BoundCluster cluster, bool isTrial)
    {
        if (cluster.Policy.OutlierDetection is { } policy && outcome.Result != AttemptResult.Abandoned)
        {
            if (outcome.Result == AttemptResult.Response && !EndpointHealthState.IsError(outcome.StatusCode, policy))
            {
                Health.Reset();
                if (Volatile.Read(ref _flags) != 0)
                {
                    Owner.OnSuccess(this, isTrial);
                }
            }
            else
            {
                RecordFailure(outcome, policy, cluster, isTrial);
            }
        }
        else if (outcome.Result == AttemptResult.Response && cluster.Policy.OutlierDetection is null && Volatile.Read(ref _flags) != 0)
        {
            // The rule that doubted the endpoint is gone; any answer ends the doubt.
            Owner.OnSuccess(this, isTrial);
        }

        if (isTrial)
        {
            Volatile.Write(ref _trial, 0);
        }
    }

    public void AddFlag(EndpointFlags flag) => Interlocked.Or(ref _flags, (int)flag);

    public void RemoveFlag(EndpointFlags flag) => Interlocked.And(ref _flags, ~(int)flag);

    /// <summary>Takes over what discovery newly says of the endpoint (weight, labels, locality, health).</summary>
    public void Update(MeshEndpoint endpoint)
    {
        if (ReferenceEquals(_endpoint, endpoint))
        {
            return;
        }

        _endpoint = endpoint;
        if (TakesTraffic(endpoint))
        {
            RemoveFlag(EndpointFlags.Unhealthy);
        }
        else
        {
            AddFlag(EndpointFlags.Unhealthy);
        }
    }

    /// <summary>The connections for one kind of client and one set of connection settings; both are interned, so two reference comparisons find them.</summary>
    public EndpointTransport GetTransport(TransportProfile profile, BoundCluster cluster)
    {
        var settings = cluster.Transport;
        var transports = _transports;
        for (var i = 0; i < transports.Length; i++)
        {
            if (ReferenceEquals(transports[i].Profile, profile) && ReferenceEquals(transports[i].Settings, settings))
            {
                return transports[i];
            }
        }

        return Owner.AddTransport(this, profile, cluster);
    }

    /// <summary>The transports there are; replaced as a whole under the owner's gate.</summary>
    public EndpointTransport[] Transports
    {
        get => _transports;
        set => Volatile.Write(ref _transports, value);
    }

    /// <summary>Lets running responses finish and refuses new requests on the connections there are. Under the owner's gate.</summary>
    public void CloseTransports()
    {
        var transports = _transports;
        Transports = [];
        foreach (var transport in transports)
        {
            transport.Dispose();
        }
    }

    private static bool TakesTraffic(MeshEndpoint endpoint) => endpoint.Health is EndpointHealth.Healthy or EndpointHealth.Degraded;

    private void RecordFailure(in AttemptOutcome outcome, Model.OutlierDetection policy, BoundCluster cluster, bool isTrial)
    {
        if (isTrial && (Flags & EndpointFlags.Probing) != 0)
        {
            Owner.Eject(this, cluster, policy, EjectionReason.Probe, isProbe: true);
            return;
        }

        var reason = Health.Record(outcome, policy);
        if (reason is not null)
        {
            Owner.Eject(this, cluster, policy, reason, isProbe: false);
        }
        else if (outcome.Result != AttemptResult.Response)
        {
            AddFlag(EndpointFlags.Suspect);
        }
    }

    /// <summary>A counter alone on its cache line: endpoints allocated side by side must not slow each other down.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct PaddedCounter
    {
        [FieldOffset(64)]
        public int Value;
    }
}
