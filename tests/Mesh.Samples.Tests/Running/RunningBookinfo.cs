using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mesh.Samples.Tests.Running;

/// <summary>Bookinfo, running on free ports and with a mesh folder of its own, which begins with the sample's subsets.</summary>
internal sealed class RunningBookinfo : IAsyncDisposable
{
    private readonly DirectoryInfo _mesh;

    private RunningBookinfo(SampleProcess process, DirectoryInfo mesh, Uri url)
    {
        (Process, _mesh) = (process, mesh);
        Client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Client { get; }

    public SampleProcess Process { get; }

    public Uri Url => Client.BaseAddress!;

    public static async Task<RunningBookinfo> StartAsync(params string[] options)
    {
        var mesh = Directory.CreateTempSubdirectory("mesh-bookinfo-test-");
        File.WriteAllText(Path.Combine(mesh.FullName, "subsets.yaml"), File.ReadAllText(Repository.PathOf("samples", "Bookinfo", "mesh", "subsets.yaml")));
        var process = SampleProcess.Run("Bookinfo", ["--port=0", "--mesh", mesh.FullName, .. options]);
        var line = await process.LineWithAsync("Open  http://");
        var bookinfo = new RunningBookinfo(process, mesh, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()));
        await process.LineWithAsync("Ctrl-C");
        return bookinfo;
    }

    /// <summary>Puts one of the sample's own task files into the mesh folder, as the console suggests.</summary>
    public void Apply(string task) => Write(task, File.ReadAllText(Repository.PathOf("samples", "Bookinfo", "tasks", task)));

    public void Write(string file, string yaml) => File.WriteAllText(Path.Combine(_mesh.FullName, file), yaml);

    /// <summary>Back to the subsets alone.</summary>
    public void RemoveRules()
    {
        foreach (var file in _mesh.EnumerateFiles().Where(static f => f.Name != "subsets.yaml"))
        {
            file.Delete();
        }
    }

    /// <summary>What productpage says of the run.</summary>
    public async Task<JsonNode> StateAsync() => (await Client.GetFromJsonAsync<JsonNode>("/mesh/bookinfo.json"))!;

    /// <summary>The reviews as productpage gets them: status and body.</summary>
    public async Task<(int Status, JsonNode Body)> ReviewsAsync(string? endUser = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/products/0/reviews");
        if (endUser is not null)
        {
            request.Headers.Add("end-user", endUser);
        }

        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>The version of reviews that answers.</summary>
    public async Task<string> VersionAsync(string? endUser = null) => (string)(await ReviewsAsync(endUser)).Body["podname"]! ?? "none";

    /// <summary>One of the two tools inside the mesh; what it printed.</summary>
    public async Task<string> ToolAsync(string tool, params string[] arguments)
    {
        await using var process = SampleProcess.Run("Bookinfo", [tool, $"--port={Url.Port}", .. arguments]);
        await process.ExitAsync();
        Assert.That(process.ExitCode, Is.Zero, process.AllOutput);
        return process.AllOutput;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
        _mesh.Delete(recursive: true);
    }
}
