namespace Mesh.Conformance.Istio.Docs;

/// <summary>Locality load balancing: helloworld in four zones of three regions, called from the first.</summary>
internal static class LocalityRows
{
    private const string Url = "http://helloworld.sample:5000/hello";

    public static Dictionary<string, Func<DocRow, Task>> All { get; } = new()
    {
        ["DOC-027"] = static row => FailoverAsync(row, "region2.zone3", "region1.zone1", "region1.zone2"),
        ["DOC-028"] = static row => FailoverAsync(row, "region3.zone4", "region1.zone1", "region1.zone2", "region2.zone3"),
        ["DOC-029"] = DistributeAsync,
    };

    private static Task<DocServices> StartAsync() => DocServices.StartAsync("sample", 5000,
    [
        .. new[] { "region1.zone1", "region1.zone2", "region2.zone3", "region3.zone4" }
            .Select(static place => ("helloworld", place, $"version: {place}", place.Replace('.', '/'))),
    ]);

    private static Task<DocMesh> MeshAsync(DocRow row, DocServices pods) => DocMesh.StartAsync(row, pods.Registry, static options =>
    {
        options.Namespace = "sample";
        options.Locality = "region1/zone1";
    });

    private static async Task FailoverAsync(DocRow row, string expected, params string[] failing)
    {
        await using var pods = await StartAsync();
        await using var mesh = await MeshAsync(row, pods);
        await Calls.OnlyAsync(mesh, "region1.zone1", Url);
        foreach (var place in failing)
        {
            await pods[place].KillAsync();
        }

        // The first callers find the failures; outlier detection remembers them.
        using var client = mesh.Client();
        for (var i = 0; i < 10; i++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(Url));
            }
            catch (HttpRequestException)
            {
                // Refused: this is how a failure is found.
            }
        }

        await Calls.OnlyAsync(mesh, expected, Url);
    }

    private static async Task DistributeAsync(DocRow row)
    {
        const int Requests = 2_000;
        await using var pods = await StartAsync();
        await using var mesh = await MeshAsync(row, pods);
        var answers = await Calls.AnswersAsync(mesh, Requests, Url);

        // Bounds of five standard deviations (20.5, 17.9, 13.4) of a random choice.
        Assert.That(answers.GetValueOrDefault("region1.zone1"), Is.InRange(1_297, 1_503));
        Assert.That(answers.GetValueOrDefault("region1.zone2"), Is.InRange(310, 490));
        Assert.That(answers.GetValueOrDefault("region2.zone3"), Is.Zero);
        Assert.That(answers.GetValueOrDefault("region3.zone4"), Is.InRange(133, 267));
    }
}
