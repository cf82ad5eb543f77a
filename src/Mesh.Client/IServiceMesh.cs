using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Client;

/// <summary>The mesh of this process, to look at and to make handlers from. Registered as a singleton by <c>AddServiceMesh()</c>.</summary>
public interface IServiceMesh
{
    /// <summary>The model in force.</summary>
    MeshModel Model { get; }

    /// <summary>Number of the configuration in force; it grows by one with each change.</summary>
    long ConfigVersion { get; }

    /// <summary>What is wrong with the configuration now: errors (the last good version of the object is in force) and warnings.</summary>
    IReadOnlyList<ConfigProblem> Problems { get; }

    /// <summary>The services in use and the state of their endpoints at this moment.</summary>
    IReadOnlyList<ServiceStatus> GetServices();

    /// <summary>Raised on ejections, returns, configuration changes and failures of discovery. Handlers run on a background thread and should be quick.</summary>
    event Action<MeshEvent>? EventOccurred;

    /// <summary>
    /// A handler for <c>new HttpClient(handler)</c> without a client factory. Disposing it leaves the mesh's connections alone.
    /// </summary>
    /// <param name="primary">
    /// The handler that requests for hosts outside the mesh go to, and whose settings the mesh's connections take over when it is a
    /// SocketsHttpHandler or HttpClientHandler; any other kind is kept and pointed at endpoints. Null: a SocketsHttpHandler with defaults.
    /// </param>
    HttpMessageHandler CreateHandler(HttpMessageHandler? primary = null);

    /// <summary>Completes when the configuration is in force. Requests wait by themselves; a readiness probe may want to ask.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken = default);
}
