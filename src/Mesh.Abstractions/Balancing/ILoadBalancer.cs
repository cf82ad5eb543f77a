using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Balancing;

/// <summary>
/// A balancing algorithm, registered by name with <c>AddLoadBalancer</c> and named in <c>loadBalancer.custom</c>.
/// It builds one immutable <see cref="Picker"/> for each set of endpoints; a changed set gets a new picker.
/// </summary>
public interface ILoadBalancer
{
    /// <summary>Name of the algorithm, for example <c>LEAST_REQUEST</c>. Compared ordinally, upper case by convention.</summary>
    string Name { get; }

    /// <summary>Builds the picker of a set. Called on the control loop, never on the request path.</summary>
    /// <param name="endpoints">The endpoints that take traffic, never empty.</param>
    /// <param name="settings">The cluster's settings.</param>
    Picker CreatePicker(ReadOnlySpan<EndpointView> endpoints, LoadBalancing settings);
}

/// <summary>
/// An immutable choice among the endpoints it was built with. Thread-safe and free of locks; it may keep atomic counters.
/// It knows nothing of health: the caller asks again, or scans, when the picked endpoint cannot be used.
/// </summary>
public abstract class Picker
{
    /// <summary>The position of the endpoint to use.</summary>
    /// <param name="context">What the choice may depend on.</param>
    /// <returns>An index into the endpoints the picker was built with, or −1 when there is none.</returns>
    public abstract int Pick(ref PickContext context);
}

/// <summary>What a choice may depend on. A mutable struct passed by reference: random state moves on as it is drawn from.</summary>
public struct PickContext
{
    private ulong _random;

    /// <summary>Creates the context of one choice.</summary>
    /// <param name="random">A fresh random number; further ones are derived from it.</param>
    /// <param name="hash">Hash of the request's sticky key, or null.</param>
    public PickContext(ulong random, ulong? hash = null)
    {
        _random = random;
        Hash = hash;
    }

    /// <summary>Hash of the request's sticky key, or null when it has none.</summary>
    public ulong? Hash { get; }

    /// <summary>The next random number (splitmix64, Steele, Lea and Flood 2014).</summary>
    public ulong NextRandom()
    {
        _random += 0x9E3779B97F4A7C15;
        var z = _random;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A random position below <paramref name="count"/>, unbiased enough for balancing (Lemire's multiply-shift).</summary>
    /// <param name="count">A positive number.</param>
    public int NextIndex(int count) => (int)(((NextRandom() >> 32) * (ulong)(uint)count) >> 32);
}

/// <summary>One endpoint as a balancer sees it: its data, and its load at this very moment.</summary>
public abstract class EndpointView
{
    /// <summary>What discovery says of it.</summary>
    public abstract MeshEndpoint Endpoint { get; }

    /// <summary>Its weight in the set, at least 1.</summary>
    public abstract int Weight { get; }

    /// <summary>Requests on it from this process right now.</summary>
    public abstract int ActiveRequests { get; }
}
