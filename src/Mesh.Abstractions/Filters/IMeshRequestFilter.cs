namespace Mesh.Filters;

/// <summary>
/// Runs synchronously on every try, after routing and before sending. Use it to stamp a header or read the decision;
/// anything asynchronous belongs in a DelegatingHandler above the mesh. Register with <c>AddRequestFilter</c>.
/// </summary>
public interface IMeshRequestFilter
{
    /// <summary>Called before a try is sent. The request is the caller's own object: change it only in ways that are right for every try.</summary>
    /// <param name="request">The request about to be sent.</param>
    /// <param name="context">Where it goes and which try this is.</param>
    void OnAttempt(HttpRequestMessage request, in AttemptContext context);
}

/// <summary>Where a try goes.</summary>
/// <param name="Service">Full name of the destination service.</param>
/// <param name="Subset">Subset, or null.</param>
/// <param name="Route">Name of the rule that matched.</param>
/// <param name="Endpoint">Address and port of the endpoint.</param>
/// <param name="Attempt">1 for the first try.</param>
public readonly record struct AttemptContext(string Service, string? Subset, string Route, string Endpoint, int Attempt);
