using System.Globalization;
using System.Reflection;
using HelloWorld;

const int Calls = 12;

if (args is ["--stand-in"])
{
    return await StandIn.RunAsync();
}

var folder = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "SampleDirectory").Value!;
Console.WriteLine();
Console.WriteLine("  Three replicas of a Go program, the five YAML documents of an Istio tutorial, one HttpClient.");
Console.WriteLine();

using var replicas = await Replicas.StartAsync(folder, count: 3, useGo: !args.Contains("--without-go"));
for (var i = 0; i < replicas.Addresses.Count; i++)
{
    Console.WriteLine($"  replica {i + 1}   {replicas.Addresses[i],-18} {replicas.Program}, pid {replicas.Pids[i]}");
}

// In a cluster the Service's selector finds the three pods. Here the Services section says where they listen;
// everything else is what the tutorial prints, read from mesh/ as it stands.
var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Configuration.AddInMemoryCollection(replicas.Addresses.Select((address, i) =>
    KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"Services:hello-world:http:{i}"), (string?)$"http://{address}")));
builder.AddServiceMesh(mesh => mesh.AddFile(Path.Combine(folder, "mesh")));
builder.Services.AddMeshClient("hello-world");
using var host = builder.Build();
await host.StartAsync();

using var answers = new AnsweringEndpoint();
var client = host.Services.GetRequiredKeyedService<HttpClient>("hello-world");
var counts = replicas.Addresses.ToDictionary(address => address, _ => 0);
Console.WriteLine();
for (var call = 1; call <= Calls; call++)
{
    var text = await client.GetStringAsync("/");
    counts[answers.Last] = counts.GetValueOrDefault(answers.Last) + 1;
    Console.WriteLine($"  GET http://hello-world/   {text}   from {answers.Last}, replica {replicas.Addresses.IndexOf(answers.Last) + 1}");
}

Console.WriteLine();
var even = counts.Values.All(count => count == Calls / counts.Count);
Console.WriteLine(even
    ? $"  Each replica answered {Calls / counts.Count} of {Calls} calls: ROUND_ROBIN, as mesh/hello-world-destination-rule.yaml says."
    : $"  The calls were not spread evenly: {string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"))}.");
Console.WriteLine();
await host.StopAsync();
return even ? 0 : 1;
