// hot path
using Mesh.Balancing;

namespace Mesh.Client.Runtime;

/// <summary>
/// The endpoints of a cluster at one moment, immutable. A try reads it once. Health is looked at on the pick, so an ejection acts at once,
/// before the set is rebuilt without the endpoint.
/// </summary>
internal sealed class EndpointSet
{
    /// <summary>Picks that may hit an unusable or already tried endpoint before the set is scanned. Source: Istio's hostSelectionRetryMaxAttempts 5.</summary>
    private const int Repicks = 5;

    private readonly EndpointState[] _available;
    private readonly EndpointState[] _probing;
    private readonly Picker? _picker;
    private readonly bool _panic;
    private readonly PrioritySlot[]? _priorities;

    public EndpointSet(EndpointState[] all, EndpointState[] available, EndpointState[] probing, Picker? picker, bool panic)
    {
        All = all;
        _available = available;
        _probing = probing;
        _picker = picker;
        _panic = panic;
    }

    private EndpointSet(EndpointState[] all, EndpointSet of, PrioritySlot[]? priorities, RemotePriorities? remote)
        : this(all, of._available, of._probing, of._picker, of._panic)
    {
        _priorities = priorities;
        Remote = remote;
    }

    public static EndpointSet Empty { get; } = new([], [], [], null, panic: false);

    public EndpointState[] All { get; }

    public ReadOnlySpan<EndpointState> Available => _available;

    public bool IsPanic => _panic;

    /// <summary>Where retries go that may leave their priority; null when there is only one.</summary>
    public RemotePriorities? Remote { get; }

    /// <summary>A set over several priorities that share the requests.</summary>
    public static EndpointSet OfPriorities(EndpointState[] all, PrioritySlot[] priorities, RemotePriorities? remote) => new(all, Empty, priorities, remote);

    /// <summary>The same endpoints as a part of more.</summary>
    public EndpointSet With(EndpointState[] all, RemotePriorities? remote) => remote is null && ReferenceEquals(all, All) ? this : new(all, this, null, remote);

    /// <summary>Chooses an endpoint and takes it; null when none may be used (flag UH).</summary>
    /// <param name="context">Randomness and hash of this choice.</param>
    /// <param name="tried">Endpoints to avoid as long as there are others; null for none.</param>
    /// <param name="isTrial">True when this try decides over a probing or suspect endpoint.</param>
    public EndpointState? Pick(ref PickContext context, TriedEndpoints? tried, out bool isTrial)
    {
        if (_priorities is not null)
        {
            return PickByPriority(_priorities, ref context, tried, out isTrial);
        }

        // A probing endpoint is asked first, by one request: it comes back as soon as it can, not when chance finds it.
        foreach (var endpoint in _probing)
        {
            if ((endpoint.Flags & EndpointFlags.Probing) != 0 && tried?.Contains(endpoint) is not true && endpoint.TryAcquire(out isTrial))
            {
                return endpoint;
            }
        }

        if (_picker is not null)
        {
            for (var i = 0; i <= Repicks; i++)
            {
                var index = _picker.Pick(ref context);
                if ((uint)index >= (uint)_available.Length)
                {
                    break;
                }

                var endpoint = _available[index];
                if (tried is not null && tried.Contains(endpoint))
                {
                    continue;
                }

                if (_panic)
                {
                    endpoint.AcquireAnyway();
                    isTrial = false;
                    return endpoint;
                }

                if (endpoint.TryAcquire(out isTrial))
                {
                    return endpoint;
                }
            }
        }

        return Scan(ref context, tried, out isTrial);
    }

    /// <summary>
    /// Draws a priority by its share, then an endpoint of it; a priority whose endpoints were all lost since the set was built hands on to the next.
    /// Source: ENVOY §2 Choosing: x = 1…100, the shares of the healthy first, then those of the degraded.
    /// </summary>
    private static EndpointState? PickByPriority(PrioritySlot[] priorities, ref PickContext context, TriedEndpoints? tried, out bool isTrial)
    {
        var point = (int)((context.Hash ?? context.NextRandom()) % 100) + 1;
        var sum = 0;
        var chosen = priorities.Length - 1;
        for (var pass = 0; pass < 2 && sum < point; pass++)
        {
            for (var i = 0; i < priorities.Length && sum < point; i++)
            {
                if (priorities[i].IsDegraded == (pass == 1))
                {
                    sum += priorities[i].Share;
                    chosen = i;
                }
            }
        }

        for (var i = 0; i < priorities.Length; i++)
        {
            if (priorities[(chosen + i) % priorities.Length].Set.Pick(ref context, tried, out isTrial) is { } endpoint)
            {
                return endpoint;
            }
        }

        isTrial = false;
        return null;
    }

    /// <summary>Chance found nothing: look at all, from a random place. First those not tried, then those tried, then suspects whose trial is taken.</summary>
    private EndpointState? Scan(ref PickContext context, TriedEndpoints? tried, out bool isTrial)
    {
        isTrial = false;
        var count = _available.Length;
        if (count == 0)
        {
            return null;
        }

        var start = context.NextIndex(count);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < count; i++)
            {
                var endpoint = _available[(start + i) % count];
                if ((tried is not null && tried.Contains(endpoint)) == (pass == 1) && endpoint.TryAcquire(out isTrial))
                {
                    return endpoint;
                }
            }
        }

        for (var i = 0; i < count; i++)
        {
            var endpoint = _available[(start + i) % count];
            if (_panic || (endpoint.Flags & (EndpointFlags.Ejected | EndpointFlags.Unhealthy)) == 0)
            {
                endpoint.AcquireAnyway();
                return endpoint;
            }
        }

        return null;
    }
}
