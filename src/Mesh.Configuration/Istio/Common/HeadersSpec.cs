using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Edits of request and response headers. Source: Istio Headers.</summary>
public sealed record HeadersSpec
{
    /// <summary>Edits before the request is sent.</summary>
    public HeaderOperationsSpec? Request { get; init; }

    /// <summary>Edits before the answer is handed to the caller.</summary>
    public HeaderOperationsSpec? Response { get; init; }
}

/// <summary>Edits of one set of headers. Source: Istio Headers.HeaderOperations.</summary>
public sealed record HeaderOperationsSpec
{
    /// <summary>Headers to overwrite or create; <c>host</c> and <c>:authority</c> of a request rewrite the authority.</summary>
    public ModelMap<string> Set { get; init; } = ModelMap<string>.Empty;

    /// <summary>Values to append to headers.</summary>
    public ModelMap<string> Add { get; init; } = ModelMap<string>.Empty;

    /// <summary>Headers to delete; pseudo headers and <c>host</c> are not deleted.</summary>
    public ModelList<string> Remove { get; init; } = [];
}
