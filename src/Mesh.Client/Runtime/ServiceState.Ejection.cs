using Mesh.Client.Health;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <content>
/// Ejections and returns. An ejection ends exactly when it is due; the endpoint then answers one probing request before it takes traffic again, and a failed
/// probe ejects it at once for longer. So a dead endpoint costs one try per ejection, not a full threshold of them (docs/adr/0004).
/// </content>
internal sealed partial class ServiceState
{
    /// <summary>Takes an endpoint out of rotation, if the policy's limit allows.</summary>
    public void Eject(EndpointState endpoint, BoundCluster cluster, OutlierDetection policy, string reason, bool isProbe)
    {
        lock (_gate)
        {
            if ((endpoint.Flags & EndpointFlags.Ejected) != 0)
            {
                return;
            }

            var set = cluster.Set;
            var ejected = set.All.Count(e => e != endpoint && (e.Flags & EndpointFlags.Ejected) != 0);
            if (!EjectionPolicy.Allows(ejected, set.All.Length, policy))
            {
                endpoint.RemoveFlag(EndpointFlags.Probing | EndpointFlags.Suspect);
                endpoint.Health.Reset();
                _runtime.Publish(MeshEventKind.EjectionRefused, Name, endpoint.Name,
                    $"not ejected ({reason}): {ejected + 1} of {set.All.Length} endpoints would exceed maxEjectionPercent {policy.MaxEjectionPercent}");
                return;
            }

            var now = _runtime.Time.GetTimestamp();
            var wellFor = isProbe || endpoint.EjectionCount == 0 ? TimeSpan.Zero : _runtime.Time.GetElapsedTime(endpoint.LastReturn, now);
            endpoint.EjectionMultiplier = EjectionPolicy.NextMultiplier(endpoint.EjectionMultiplier, wellFor, policy);
            endpoint.EjectionCount++;
            var duration = EjectionPolicy.Duration(endpoint.EjectionMultiplier, policy);
            endpoint.EjectedUntil = now + Ticks(duration);
            endpoint.AddFlag(EndpointFlags.Ejected);
            endpoint.RemoveFlag(EndpointFlags.Probing | EndpointFlags.Suspect);
            RebuildSets();
            WakeAt(endpoint.EjectedUntil);
            _runtime.OnEjected(endpoint);
            _runtime.Publish(MeshEventKind.EndpointEjected, Name, endpoint.Name, $"ejected for {duration.TotalSeconds:0.###} s ({reason})");
        }
    }

    /// <summary>A request succeeded on an endpoint that was probing or suspect.</summary>
    public void OnSuccess(EndpointState endpoint, bool isTrial)
    {
        // An answer from before the failure says nothing about a probe; a suspect is cleared by any answer.
        endpoint.RemoveFlag(EndpointFlags.Suspect);
        if (!isTrial || (endpoint.Flags & EndpointFlags.Probing) == 0)
        {
            return;
        }

        lock (_gate)
        {
            endpoint.RemoveFlag(EndpointFlags.Probing);
            endpoint.LastReturn = _runtime.Time.GetTimestamp();
            RebuildSets();
            _runtime.Publish(MeshEventKind.EndpointReturned, Name, endpoint.Name, "answered its probing request and is back in rotation");
        }
    }

    private void WakeAt(long due)
    {
        if (due >= _nextDue)
        {
            return;
        }

        _nextDue = due;
        var wait = _runtime.Time.GetElapsedTime(_runtime.Time.GetTimestamp(), due);
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _nextDue = long.MaxValue;
            var now = _runtime.Time.GetTimestamp();
            EndDueEjections(now);
            DrainRetired(now);
            if (_passThrough.NextLook <= now)
            {
                _passThrough.DropUnused(now);
            }

            WakeAt(_passThrough.NextLook);
        }
    }

    private void EndDueEjections(long now)
    {
        var changed = false;
        foreach (var endpoint in _endpoints.Values)
        {
            if ((endpoint.Flags & EndpointFlags.Ejected) == 0)
            {
                continue;
            }

            // A timer may fire a hair early; what is due within a millisecond is due.
            if (endpoint.EjectedUntil <= now + (_runtime.Time.TimestampFrequency / 1000))
            {
                endpoint.Health.Reset();
                endpoint.AddFlag(EndpointFlags.Probing);
                endpoint.RemoveFlag(EndpointFlags.Ejected);
                endpoint.LastReturn = now;
                changed = true;
                _runtime.Publish(MeshEventKind.EndpointProbing, Name, endpoint.Name, "ejection over; the next request probes it");
            }
            else
            {
                WakeAt(endpoint.EjectedUntil);
            }
        }

        if (changed)
        {
            RebuildSets();
        }
    }

    /// <summary>Closes the connections of removed endpoints once nothing runs on them, and forgets them after a while.</summary>
    private void DrainRetired(long now)
    {
        List<EndpointState>? forgotten = null;
        foreach (var endpoint in _endpoints.Values)
        {
            if (endpoint.RetiredAt == 0)
            {
                continue;
            }

            var age = now - endpoint.RetiredAt;
            if (endpoint.Transports.Length > 0 && age >= Ticks(s_drainCheck) && (endpoint.ActiveRequests == 0 || age >= Ticks(s_memory)))
            {
                endpoint.CloseTransports();
            }

            if (age >= Ticks(s_memory))
            {
                (forgotten ??= []).Add(endpoint);
            }
            else
            {
                WakeAt(now + Ticks(s_drainCheck));
            }
        }

        foreach (var endpoint in forgotten ?? [])
        {
            _endpoints.Remove((endpoint.Address, endpoint.Port));
        }
    }
}
