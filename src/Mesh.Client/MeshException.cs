using System.Net;
using Mesh.Diagnostics;

namespace Mesh.Client;

/// <summary>
/// Thrown instead of an answer made by the mesh when <see cref="MeshOptions.ThrowOnLocalReply"/> is set: no healthy endpoint, overflow, time-out and so on.
/// </summary>
public sealed class MeshException : HttpRequestException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="flags">Envoy's letters for it.</param>
    /// <param name="statusCode">The status of the answer that is not given.</param>
    public MeshException(string message, ResponseFlags flags, HttpStatusCode statusCode)
        : base(message, null, statusCode) => ResponseFlags = flags;

    /// <summary>Why the request was not answered by an endpoint.</summary>
    public ResponseFlags ResponseFlags { get; }
}
