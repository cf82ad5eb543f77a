using System.Collections.Concurrent;
using Mesh.Filters;

namespace Mesh.FunctionalTests.Chaos;

/// <summary>Counts the tries on each endpoint, successful or not, as they start.</summary>
internal sealed class TryCounter : IMeshRequestFilter
{
    private readonly ConcurrentDictionary<string, StrongBox> _tries = new(StringComparer.Ordinal);

    public long this[string endpoint] => _tries.TryGetValue(endpoint, out var box) ? Interlocked.Read(ref box.Value) : 0;

    public void OnAttempt(HttpRequestMessage request, in AttemptContext context) =>
        Interlocked.Increment(ref _tries.GetOrAdd(context.Endpoint, static _ => new StrongBox()).Value);

    private sealed class StrongBox
    {
        public long Value;
    }
}
