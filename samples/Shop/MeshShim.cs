using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace Shop
{

internal sealed class ShimBuilder
{
    public List<string> Files { get; } = [];
    public ShimBuilder AddFile(string path) { Files.Add(path); return this; }
}

internal sealed class ShimMesh : Mesh.Client.IServiceMesh
{
    public ConcurrentDictionary<string, long> DeadUntil { get; } = new();
    public required string[] Files { get; init; }
    public long ConfigVersion => 1;
    public IReadOnlyList<Mesh.Diagnostics.ConfigProblem> Problems => [];
    public IReadOnlyList<Mesh.Client.ServiceStatus> GetServices() => [new()
    {
        Name = "product-info",
        Endpoints = [.. DeadUntil.Select(d => new Mesh.Client.EndpointStatus { Address = d.Key, IsEjected = d.Value > Environment.TickCount64, EjectionCount = 1 })],
    }];
}

internal static class MeshShim
{
    public static void AddServiceMesh(this IHostApplicationBuilder builder, Action<ShimBuilder> configure)
    {
        var b = new ShimBuilder();
        configure(b);
        var mesh = new ShimMesh { Files = [.. b.Files] };
        builder.Services.AddSingleton(mesh);
        builder.Services.AddSingleton<Mesh.Client.IServiceMesh>(mesh);
        builder.Services.AddTransient<ShimHandler>();
    }

    public static void AddMeshClient(this IServiceCollection services, string name) =>
        services.AddHttpClient(name, c => c.BaseAddress = new Uri("http://" + name)).AddHttpMessageHandler<ShimHandler>().AddAsKeyed();
}

internal sealed class ShimHandler(ShimMesh mesh, IConfiguration configuration) : DelegatingHandler
{
    private static readonly Meter s_meter = new("Mesh.Client");
    private static readonly Histogram<double> s_requests = s_meter.CreateHistogram<double>("mesh.client.request.duration");
    private static readonly Histogram<double> s_attempts = s_meter.CreateHistogram<double>("mesh.client.attempt.duration");
    private static int s_next;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var service = request.RequestUri!.Host;
        var subset = "";
        string[] endpoints;
        if (service == "product-recommendation")
        {
            var vs = File.ReadAllText(Path.Combine(mesh.Files[0], "product-recommendation.yaml"));
            var w = int.Parse(Regex.Match(vs, @"weight: (\d+)").Groups[1].Value);
            subset = request.Headers.Contains("end-user") || Random.Shared.Next(100) >= w ? "v2" : "v1";
            var m = Regex.Matches(File.ReadAllText(mesh.Files[1]), @"http: (\d+)");
            endpoints = ["127.0.0.1:" + m[subset == "v1" ? 0 : 1].Groups[1].Value];
        }
        else
        {
            endpoints = [.. configuration.GetSection($"services:{service}:http").GetChildren().Select(c => new Uri(c.Value!).Authority)];
        }

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; ; i++)
        {
            var all = endpoints.Where(e => !mesh.DeadUntil.TryGetValue(e, out var t) || t < Environment.TickCount64).DefaultIfEmpty(endpoints[0]).ToArray();
            var endpoint = all[(uint)Interlocked.Increment(ref s_next) % all.Length];
            var t0 = Stopwatch.GetTimestamp();
            HttpResponseMessage? r = null;
            request.RequestUri = new Uri("http://" + endpoint + request.RequestUri.PathAndQuery);
            try
            {
                r = await base.SendAsync(request, cancellationToken);
                return r;
            }
            catch (HttpRequestException) when (i < 2)
            {
                mesh.DeadUntil[endpoint] = Environment.TickCount64 + 5000;
            }
            finally
            {
                var code = r is null ? null : (object)(int)r.StatusCode;
                s_attempts.Record(Stopwatch.GetElapsedTime(t0).TotalSeconds, new("mesh.destination.service", service), new("mesh.destination.subset", subset), new("mesh.endpoint", endpoint), new("http.response.status_code", code));
                if (r is not null || i >= 2)
                {
                    s_requests.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new("mesh.destination.service", service), new("mesh.destination.subset", subset), new("mesh.endpoint", endpoint), new("http.response.status_code", code));
                }
            }
        }
    }
}
}

namespace Mesh.Client
{
    internal interface IServiceMesh
    {
        long ConfigVersion { get; }
        IReadOnlyList<Mesh.Diagnostics.ConfigProblem> Problems { get; }
        IReadOnlyList<ServiceStatus> GetServices();
    }

    internal sealed record ServiceStatus
    {
        public required string Name { get; init; }
        public required IReadOnlyList<EndpointStatus> Endpoints { get; init; }
    }

    internal sealed record EndpointStatus
    {
        public required string Address { get; init; }
        public bool IsEjected { get; init; }
        public bool IsProbing { get; init; }
        public int EjectionCount { get; init; }
    }
}
