namespace Mesh.Conformance.Istio.Docs;

/// <summary>Locality load balancing: helloworld in four zones of three regions, called from the first.</summary>
internal static class LocalityRows
{
    private const string Url = "http://helloworld.sample:5000/hello";

    public static Dictionary<string, Func<DocRow, Task>> All { get; } = new()
    {
        // At most a tenth of the pods may be ejected, so there are enough of them elsewhere that all of the failing ones can be.
        ["DOC-027"] = static row => FailoverAsync(row, "region2.zone3", failing: ["region1.zone1", "region1.zone2"], replicas: 9),
        ["DOC-028"] = static row => FailoverAsync(row, "region3.zone4", failing: ["region1.zone1", "region1.zone2", "region2.zone3"], replicas: 27),
        ["DOC-029"] = DistributeAsync,
    };

    /// <summary>One pod in each place, but <paramref name="replicas"/> in the places that do not fail.</summary>
    private static Task<DocServices> StartAsync(string[] failing, int replicas) => DocServices.StartAsync("sample", 5000,
    [
        .. new[] { "region1.zone1", "region1.zone2", "region2.zone3", "region3.zone4" }.SelectMany(place => Enumerable
            .Range(0, failing.Contains(place) ? 1 : replicas)
            .Select(i => ("helloworld", $"{place}-{i}", $"version: {place}", place.Replace('.', '/')))),
    ]);

    private static Task<DocMesh> MeshAsync(DocRow row, DocServices pods) => DocMesh.StartAsync(row, pods.Registry, static options =>
    {
        options.Namespace = "sample";
        options.Locality = "region1/zone1";
    });

    private static async Task FailoverAsync(DocRow row, string expected, string[] failing, int replicas)
    {
        await using var pods = await StartAsync(failing, replicas);
        await using var mesh = await MeshAsync(row, pods);
        Assert.That(await PlacesAsync(mesh), Is.EqualTo(new[] { "region1.zone1" }), "all is well");
        foreach (var place in failing)
        {
            await pods[$"{place}-0"].KillAsync();
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

        Assert.That(await PlacesAsync(mesh), Is.EqualTo(new[] { expected }));
    }

    private static async Task<IEnumerable<string>> PlacesAsync(DocMesh mesh) =>
        (await Calls.AnswersAsync(mesh, 20, Url)).Keys.Select(static pod => pod.Split('-')[0]).Distinct();

    private static async Task DistributeAsync(DocRow row)
    {
        const int Requests = 2_000;
        await using var pods = await StartAsync(failing: [], replicas: 1);
        await using var mesh = await MeshAsync(row, pods);
        var answers = await Calls.AnswersAsync(mesh, Requests, Url);

        // Bounds of five standard deviations (20.5, 17.9, 13.4) of a random choice.
        Assert.That(answers.GetValueOrDefault("region1.zone1-0"), Is.InRange(1_297, 1_503));
        Assert.That(answers.GetValueOrDefault("region1.zone2-0"), Is.InRange(310, 490));
        Assert.That(answers.GetValueOrDefault("region2.zone3-0"), Is.Zero);
        Assert.That(answers.GetValueOrDefault("region3.zone4-0"), Is.InRange(133, 267));
    }
}
