using System.Runtime.CompilerServices;
using Mesh.Discovery;

namespace Mesh.Client.Tests.Discovery.Examples;

/// <summary>Endpoints from a folder: catalog.txt holds one host:port per line and is looked at every second.</summary>
public sealed class FolderEndpointSource(string folder, TimeProvider time) : IEndpointSource
{
    public string Name => "folder";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, query.ServiceName + ".txt");
        EndpointUpdate? last = null;
        while (true)
        {
            // A file that cannot be read throws: the mesh keeps the last list, reports it, and asks again with back-off.
            var update = File.Exists(file)
                ? EndpointUpdate.Of(File.ReadLines(file).Where(line => line.Length > 0).Select(EndpointUpdate.Parse))
                : EndpointUpdate.NotFound;
            if (update != last)
            {
                last = update;
                yield return update;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }
}
