using System.Globalization;

namespace Shop.Running;

/// <summary>A run of the whole shop, until it is stopped.</summary>
internal static class ShopRun
{
    public static async Task<int> RunAsync(ShopOptions options)
    {
        using var folder = new RunFolder("shop");
        var console = new SampleConsole();
        var instances = ShopPlan.Make(FreePorts.PortOrFree(options.Port));
        folder.WriteEndpoints(ShopEndpoints.Yaml(instances));
        return await new Supervisor(
            new SupervisedPlan
            {
                Title = "The Mesh shop",
                Instances = instances,
                WantedPort = options.Port,
                Arguments = i => Arguments(i, options, folder.Path),
                Environment = [.. ShopEndpoints.ServicesSection(instances)],
                Explain = running => Explain(console, running, options),
            },
            folder,
            console).RunAsync();
    }

    private static IEnumerable<string> Arguments(PlannedInstance instance, ShopOptions options, string runFolder) =>
    [
        $"--role={instance.Service}", $"--instance={instance.Name}", $"--version={instance.Version}",
        string.Create(CultureInfo.InvariantCulture, $"--port={instance.Port}"), string.Create(CultureInfo.InvariantCulture, $"--load={options.Load}"),
        $"--mesh={options.MeshFolder}", $"--run={runFolder}", .. options.Verbose ? ["--verbose"] : Array.Empty<string>(),
    ];

    private static void Explain(SampleConsole console, IReadOnlyList<InstanceStatus> running, ShopOptions options)
    {
        var url = $"http://localhost:{running[0].Address.Split(':')[1]}";
        var mesh = UserPath.Display(options.MeshFolder);
        var victim = running.First(i => i.Name == "product-info-2");
        console.Instances(running);
        console.TryNext(url,
        [
            ("shift traffic", $"edit the weights in {Path.Combine(mesh, "product-recommendation.yaml")} and save"),
            ("see the canary", $"curl -H 'end-user: jason' {url}/v1/product-recommendation"),
            ("break something", $"kill {victim.Pid}     ({victim.Name}; it comes back after a few seconds)"),
            ("place an order", $"curl -d product=sencha {url}/orders"),
            ("make a mistake", $"write 'wieght' for 'weight' in that file: the last good version stays in force"),
        ]);
    }
}
