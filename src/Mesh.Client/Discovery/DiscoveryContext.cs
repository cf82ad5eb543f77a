using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

/// <summary>What every subscription needs: the clock, randomness for jitter, and a log.</summary>
internal sealed record DiscoveryContext(TimeProvider Time, Func<ulong> NextRandom, ILogger Logger);
