namespace Mesh.Client.Discovery;

/// <summary>What every lookup needs: the resolver, its options, the clock and randomness for jitter.</summary>
internal sealed record DnsContext(IDnsResolver Resolver, DnsEndpointOptions Options, TimeProvider Time, Func<ulong> NextRandom);
