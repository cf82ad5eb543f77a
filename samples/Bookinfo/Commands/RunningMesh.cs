using System.Globalization;
using Bookinfo.Configuration;
using Mesh.Client;

namespace Bookinfo.Commands;

/// <summary>The mesh of a Bookinfo that runs, joined by one more workload, which Istio's pages call <c>curl</c> or <c>fortio</c>.</summary>
internal static class RunningMesh
{
    /// <summary>Joins; null, with a message on the error output, when no Bookinfo answers at that port.</summary>
    public static async Task<StandaloneMesh?> JoinAsync(int port, string app)
    {
        var productpage = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        try
        {
            using var http = new HttpClient();
            var run = (await http.GetFromJsonAsync<BookinfoRunInfo>($"{productpage}/mesh/bookinfo.json"))!;
            var mesh = StandaloneMesh.Create(mesh => MeshMembership.Join(mesh, app, "v1", run));
            await mesh.WaitUntilReadyAsync();
            return mesh;
        }
        catch (HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"No Bookinfo answers at {productpage}. Start it in another terminal (dotnet run --project samples/Bookinfo), or name its port: --port={port}.");
            return null;
        }
    }
}
