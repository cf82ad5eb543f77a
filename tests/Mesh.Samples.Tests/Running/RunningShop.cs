using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mesh.Samples.Tests.Running;

/// <summary>The shop, running on free ports and with a copy of its mesh folder that a test may edit.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private readonly SampleProcess _process;
    private readonly DirectoryInfo _mesh;

    private RunningShop(SampleProcess process, DirectoryInfo mesh, Uri url)
    {
        (_process, _mesh) = (process, mesh);
        Client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(20) };
    }

    public HttpClient Client { get; }

    public SampleProcess Process => _process;

    public Uri Url => Client.BaseAddress!;

    public static async Task<RunningShop> StartAsync(int load = 20)
    {
        var mesh = Directory.CreateTempSubdirectory("mesh-shop-test-");
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples", "Shop", "mesh")))
        {
            File.Copy(file, Path.Combine(mesh.FullName, Path.GetFileName(file)));
        }

        var process = SampleProcess.Run("Shop", "--port=0", string.Create(CultureInfo.InvariantCulture, $"--load={load}"), $"--mesh={mesh.FullName}");
        var line = await process.LineWithAsync("Open  http://");
        var shop = new RunningShop(process, mesh, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()));
        await process.LineWithAsync("Ctrl-C");
        return shop;
    }

    /// <summary>Changes a file of the mesh folder, as an editor does when it saves.</summary>
    public void Edit(string file, params (string Old, string New)[] changes)
    {
        var path = Path.Combine(_mesh.FullName, file);
        var text = File.ReadAllText(path);
        foreach (var (old, @new) in changes)
        {
            Assert.That(text, Does.Contain(old));
            text = text.Replace(old, @new, StringComparison.Ordinal);
        }

        File.WriteAllText(path, text);
    }

    /// <summary>The shop's own view of itself.</summary>
    public async Task<JsonNode> StateAsync() => (await Client.GetFromJsonAsync<JsonNode>("/mesh/shop.json"))!;

    public async Task<JsonNode> InstanceAsync(string name) =>
        (await StateAsync())["instances"]!.AsArray().First(i => (string?)i!["name"] == name)!;

    /// <summary>Asks the public path, as <paramref name="endUser"/> when given; fails the test when the answer is not 200.</summary>
    public async Task<JsonNode> RecommendAsync(string? endUser = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/product-recommendation");
        if (endUser is not null)
        {
            request.Headers.Add("end-user", endUser);
        }

        using var response = await Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), body);
        return JsonNode.Parse(body)!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        _mesh.Delete(recursive: true);
    }
}
