using System.Diagnostics;
using Mesh.Configuration.Building;
using Mesh.Configuration.Sources;
using Mesh.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Configuration.Tests.Sources;

/// <summary>All the parts together, with Istio's documents.</summary>
public class WholeTests
{
    private static MeshConfigHub Hub(params IMeshConfigSource[] sources) => new(sources, new MeshConfigHubOptions(), NullLogger<MeshConfigHub>.Instance);

    [Test]
    public async Task Files_configuration_and_code_make_one_model()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Services:orders:http:0"] = "127.0.0.1:5009",
            ["Mesh:VirtualServices:catalog:hosts:0"] = "catalog",
            ["Mesh:VirtualServices:catalog:http:0:route:0:destination:host"] = "catalog",
            ["Mesh:VirtualServices:catalog:http:0:timeout"] = "1s",
        }).AddInMemoryCollection(new Dictionary<string, string?> { ["MESH:VIRTUALSERVICES:CATALOG:HTTP:0:TIMEOUT"] = "2s" }).Build();
        await using var hub = Hub(
            new InMemoryConfigSource(new MeshConfigBuilder().ForService("catalog", s => s.Endpoints("127.0.0.1:5001", "[::1]:5002")).Build()),
            new ConfigurationSectionSource(configuration),
            new DiscoveredServicesSource(configuration));
        Assert.That(hub.StartAsync().IsCompletedSuccessfully, Is.True);
        Assert.That(hub.Current.Problems.Select(p => p.ToString()), Is.Empty);
        var catalog = hub.Current.Model.Services.Single(s => s.Hosts.Contains("catalog"));
        var orders = hub.Current.Model.Services.Single(s => s.Hosts.Contains("orders"));
        Assert.Multiple(() =>
        {
            Assert.That(catalog.Resolution, Is.EqualTo(EndpointResolution.Static));
            Assert.That(catalog.Endpoints.Select(e => e.Address), Is.EqualTo(new[] { "127.0.0.1", "::1" }));
            Assert.That(((ForwardAction)catalog.Rules[0].Action).Timeout, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(orders.Resolution, Is.EqualTo(EndpointResolution.Discovery));
        });
    }

    [Test]
    public void The_reader_gives_the_model_and_the_problems()
    {
        var snapshot = MeshConfigReader.ReadYaml(
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: catalog}
            spec:
              hosts: [catalog]
              http:
              - route:
                - destination: {host: catalog}
                timeot: 2s
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: catalog}
            spec: {ports: [{port: 80, name: http}]}
            """,
            "mesh.yaml");
        Assert.That(snapshot.Problems[0].ToString(), Is.EqualTo("mesh.yaml:9:5: error: VirtualService default/catalog: spec.http[0].timeot: unknown field 'timeot'; did you mean 'timeout'?"));
        Assert.That(snapshot.Model.Services.Single().Hosts, Has.Member("catalog"));
    }

    [Test]
    public async Task A_folder_of_ten_thousand_services_loads_quickly_and_an_edit_costs_one_document()
    {
        var folder = Directory.CreateTempSubdirectory("mesh-config-").FullName;
        try
        {
            for (var i = 0; i < 10_000; i++)
            {
                File.WriteAllText(Path.Combine(folder, $"s{i}.yaml"), Service(i, 80));
            }

            await using var hub = Hub(new FileConfigSource(folder, new() { Debounce = TimeSpan.FromMilliseconds(10) }));
            var watch = Stopwatch.StartNew();
            await hub.StartAsync();
            TestContext.Out.WriteLine($"10,000 services: {watch.ElapsedMilliseconds} ms");
            Assert.That(hub.Current.Model.Services, Has.Count.EqualTo(10_000));
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "a bound for a loaded machine; the aim is 2 s");

            var changed = new TaskCompletionSource<ConfigSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.Changed += snapshot => changed.TrySetResult(snapshot);
            watch.Restart();
            File.WriteAllText(Path.Combine(folder, "s77.yaml"), Service(77, 8080));
            var edited = await changed.Task.WaitAsync(TimeSpan.FromSeconds(30));
            TestContext.Out.WriteLine($"an edit: {watch.ElapsedMilliseconds} ms");
            Assert.That(edited.Model.Services.Single(s => s.Hosts.Contains("s77")).Ports[0].Number, Is.EqualTo(8080));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Service(int number, int port) =>
        $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: s{{number}}
          labels: {app: s{{number}}}
        spec:
          selector:
            app: s{{number}}
          ports:
          - name: http
            port: {{port}}
            targetPort: 8080
        """;
}
