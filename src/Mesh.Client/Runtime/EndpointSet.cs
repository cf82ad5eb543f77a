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

    public EndpointSet(EndpointState[] all, EndpointState[] available, EndpointState[] probing, Picker? picker, bool panic)
    {
        All = all;
        _available = available;
        _probing = probing;
        _picker = picker;
        _panic = panic;
    }

    public static EndpointSet Empty { get; } = new([], [], [], null, panic: false);

    public EndpointState[] All { get; }

    public ReadOnlySpan<EndpointState> Available => _available;

    public bool IsPanic => _panic;

    /// <summary>Chooses an endpoint and takes it; null when none may be used (flag UH).</summary>
    /// <param name="context">Randomness and hash of this choice.</param>
    /// <param name="tried">Endpoints to avoid as long as there are others; null for none.</param>
    /// <param name="isTrial">True when this try decides over a probing or suspect endpoint.</param>
    public EndpointState? Pick(ref PickContext context, TriedEndpoints? tried, out bool isTrial)
    {
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
