using System.Globalization;
using Bookinfo.Services;

namespace Bookinfo.Running;

/// <summary>A run of the whole application, until it is stopped.</summary>
internal static class BookinfoRun
{
    public static async Task<int> RunAsync(BookinfoOptions options)
    {
        using var folder = new RunFolder("bookinfo");
        var console = new SampleConsole();
        var instances = BookinfoPlan.Make(FreePorts.PortOrFree(options.Port));
        folder.WriteEndpoints(BookinfoEndpoints.Yaml(instances));
        RatingsService.CreateDatabase(folder.Path);
        return await new Supervisor(
            new SupervisedPlan
            {
                Title = "Bookinfo on Mesh",
                Instances = instances,
                WantedPort = options.Port,
                Arguments = i => Arguments(i, options, folder.Path),
                Explain = running => Explain(console, running, options, folder.Path),
            },
            folder,
            console).RunAsync();
    }

    private static IEnumerable<string> Arguments(PlannedInstance instance, BookinfoOptions options, string runFolder)
    {
        yield return $"--role={instance.Service}";
        yield return $"--instance={instance.Name}";
        yield return $"--version={instance.Version}";
        yield return string.Create(CultureInfo.InvariantCulture, $"--port={instance.Port}");
        yield return $"--run={runFolder}";
        foreach (var path in options.MeshPaths)
        {
            yield return $"--mesh={path}";
        }

        if (options.RegistryOnly)
        {
            yield return "--registry-only";
        }

        if (options.Verbose)
        {
            yield return "--verbose";
        }
    }

    private static void Explain(SampleConsole console, IReadOnlyList<InstanceStatus> running, BookinfoOptions options, string runFolder)
    {
        var port = running[0].Address.Split(':')[1];
        var url = $"http://localhost:{port}/productpage";
        var tasks = UserPath.Display(Path.Combine(BookinfoOptions.SourceFolder, "tasks"));
        var folder = options.MeshPaths.FirstOrDefault(Directory.Exists);
        var tool = $"dotnet run --project {UserPath.Display(BookinfoOptions.SourceFolder)} --";
        var atPort = port == $"{BookinfoOptions.DefaultPort}" ? "" : $" --port={port}";
        string Apply(string task) => folder is null ? $"start again with --mesh {Path.Combine(tasks, task)}" : $"cp {Path.Combine(tasks, task)} {UserPath.Display(folder)}/";
        console.Instances(running);
        console.TryNext(url,
        [
            ("reload", "the page: no stars, black stars, red stars in turn, as long as no rule says otherwise"),
            ("all to v1", Apply("all-v1.yaml")),
            ("jason to v2", $"{Apply("reviews-jason-v2.yaml")}     (then sign in as jason)"),
            ("delay ratings", $"{Apply("ratings-delay-jason.yaml")}     (jason waits 6 s for an error)"),
            ("half to v3", Apply("reviews-half-v3.yaml")),
            ("undo", folder is null ? "edit the file and save" : $"rm {UserPath.Display(folder)}/<file>"),
            ("Istio's own", $"cp ISTIO/samples/bookinfo/networking/virtual-service-all-v1.yaml {UserPath.Display(folder ?? options.MeshPaths[0])}"),
            ("curl inside", $"{tool} curl{atPort} -H 'end-user: jason' http://reviews:9080/reviews/0"),
            ("load inside", $"{tool} load{atPort} -c 3 -n 30 http://httpbin:8000/get"),
            ("ratings v2", $"reads {Path.Combine(runFolder, RatingsService.Database)}"),
        ]);
    }
}
