using System.Net;
using Mesh.Balancing;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Sources;
using Mesh.Filters;
using Mesh.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Polly;
using Polly.CircuitBreaker;

namespace Mesh.Client.Tests.Docs;

/// <summary>The C# of docs/, a region for each block; <see cref="DocumentationTests"/> compares the two.</summary>
internal static class Snippets
{
    public static void GettingStarted(string[] args)
    {
        #region getting-started
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceMesh();
        builder.Services.AddMeshClient("catalog");

        var app = builder.Build();
        app.MapGet("/", ([FromKeyedServices("catalog")] HttpClient catalog) => catalog.GetStringAsync("/products"));
        app.Run();
        #endregion
    }

    public static void Files(IHostApplicationBuilder builder)
    {
        #region getting-started-file
        builder.AddServiceMesh(mesh => mesh.AddFile("mesh"));
        #endregion
    }

    public static void Code(IHostApplicationBuilder builder)
    {
        #region getting-started-code
        builder.AddServiceMesh(mesh => mesh.ForService("catalog", service => service
            .Endpoint("127.0.0.1:5001", 1, ("version", "v1"))
            .Endpoint("127.0.0.1:5002", 1, ("version", "v2"))
            .Subset("v1", ("version", "v1"))
            .Subset("v2", ("version", "v2"))
            .Route(route => route.WhenHeader("end-user").Is("jason").To("v2"))
            .Route(route => route.To("v1", 90).To("v2", 10).Timeout(TimeSpan.FromSeconds(5)))));
        #endregion
    }

    public static void Memory(IHostApplicationBuilder builder)
    {
        #region configuration-memory
        var rules = new InMemoryConfigSource();
        builder.AddServiceMesh(mesh => mesh.AddConfigSource(rules));

        // At any time, from any thread. The new text replaces the old one.
        rules.Update(File.ReadAllText("catalog.yaml"));
        #endregion
    }

    public static void Options(IHostApplicationBuilder builder)
    {
        #region configuration-options
        builder.AddServiceMesh().Configure(options =>
        {
            options.Namespace = "shop";
            options.Labels["app"] = "storefront";
            options.OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly;
        });
        #endregion
    }

    public static void Problems(IServiceMesh mesh)
    {
        #region configuration-problems
        foreach (var problem in mesh.Problems)
        {
            // mesh/catalog.yaml:12:9: error: VirtualService default/catalog: spec.http[0].timeout: …
            Console.WriteLine(problem);
        }
        #endregion
    }

    public static void Routing(IHostApplicationBuilder builder)
    {
        #region routing
        builder.AddServiceMesh(mesh => mesh.ForService("catalog", service => service
            .Subset("v2", ("version", "v2"))
            .Route(route => route.Named("old").WhenPath("/v1/products").Rewrite(path: "/products"))
            .Route(route => route.Named("testers").WhenHeader("end-user").Is("jason").Or().WhenQuery("preview").Is("1").To("v2"))
            .Route(route => route.Named("everybody").Timeout(TimeSpan.FromSeconds(2)).Mirror("audit", percent: 10))));
        #endregion
    }

    public static void Retries(IHostApplicationBuilder builder)
    {
        #region retries
        builder.AddServiceMesh(mesh => mesh.ForService("catalog", service => service
            .Route(route => route.Retries(3, on: "gateway-error,connect-failure,reset", perTry: TimeSpan.FromSeconds(2)).Timeout(TimeSpan.FromSeconds(5)))));
        #endregion
    }

    public static void Resilience(IHostApplicationBuilder builder)
    {
        #region retries-polly
        builder.AddServiceMesh().UseResilience("catalog", pipeline => pipeline
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                    .Handle<HttpRequestException>()
                    .HandleResult(response => response.StatusCode >= HttpStatusCode.InternalServerError),
            }));
        #endregion
    }

    public static void Balancing(IHostApplicationBuilder builder)
    {
        #region load-balancing
        builder.AddServiceMesh(mesh => mesh.ForService("catalog", service => service
            .Endpoint("127.0.0.1:5001", weight: 3)
            .Endpoint("127.0.0.1:5002", weight: 1)
            .LoadBalancing(SimpleLoadBalancer.RoundRobin)));
        #endregion
    }

    public static void CustomBalancing(IHostApplicationBuilder builder)
    {
        #region load-balancing-register
        builder.AddServiceMesh(mesh => mesh
            .AddLoadBalancer<FirstIdle>()
            .ForService("catalog", service => service.Policy(policy => policy with
            {
                LoadBalancer = new LoadBalancerSpec { Custom = "FIRST_IDLE" },
            })));
        #endregion
    }

    public static void Outliers(IHostApplicationBuilder builder)
    {
        #region outlier-detection
        builder.AddServiceMesh(mesh => mesh.ForService("catalog", service => service
            .OutlierDetection(outliers => outliers with
            {
                Consecutive5xxErrors = 5,
                BaseEjectionTime = TimeSpan.FromSeconds(10),
                MaxEjectionPercent = 50,
            })));
        #endregion
    }

    public static void Connections(IHostApplicationBuilder builder)
    {
        #region connections
        builder.AddServiceMesh(mesh => mesh.ForService("catalog", service => service
            .Connections(tcp => tcp with { MaxConnections = 20, ConnectTimeout = TimeSpan.FromSeconds(1) })
            .Requests(http => http with { Http2MaxRequests = 100 })
            .UpgradeToHttp2()));
        #endregion
    }

    public static void OpenTelemetry(IHostApplicationBuilder builder)
    {
        #region telemetry-otel
        builder.AddServiceMesh();
        builder.Services.AddOpenTelemetry().WithMetrics().WithTracing();
        #endregion
    }

    public static void OpenTelemetryByHand()
    {
        #region telemetry-sdk
        using var metrics = Sdk.CreateMeterProviderBuilder().AddServiceMeshInstrumentation().Build();
        using var traces = Sdk.CreateTracerProviderBuilder().AddServiceMeshInstrumentation().Build();
        #endregion
    }

    public static void Events(IServiceMesh mesh)
    {
        #region telemetry-events
        mesh.EventOccurred += e => Console.WriteLine($"{e.Time:HH:mm:ss} {e.Kind} {e.Service} {e.Endpoint} {e.Message}");
        #endregion
    }

    public static void Services(IServiceMesh mesh)
    {
        #region telemetry-services
        foreach (var service in mesh.GetServices())
        {
            foreach (var endpoint in service.Endpoints)
            {
                Console.WriteLine($"{service.Name} {endpoint.Address} active {endpoint.ActiveRequests} ejected {endpoint.IsEjected} ({endpoint.EjectionCount} times)");
            }
        }
        #endregion
    }

    public static void Health(IHostApplicationBuilder builder)
    {
        #region telemetry-health
        builder.Services.AddHealthChecks().AddServiceMesh();
        #endregion
    }

    public static void Clients(IServiceCollection services)
    {
        #region http-clients
        services.AddMeshClient("catalog");                                                        // named and keyed, base address http://catalog
        services.AddHttpClient<OrdersClient>(client => client.BaseAddress = new Uri("http://orders")); // typed
        services.AddHttpClient("payments").RemoveServiceMesh();                                   // not on the mesh
        #endregion
    }

    public static async Task Standalone()
    {
        #region http-clients-standalone
        await using var mesh = StandaloneMesh.Create(m => m.AddFile("mesh"));
        using var client = new HttpClient(mesh.CreateHandler());
        #endregion
        Console.WriteLine(await client.GetStringAsync("http://catalog/products"));
    }

    public static async Task Handler(IServiceMesh mesh)
    {
        #region http-clients-handler
        using var client = new HttpClient(mesh.CreateHandler(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }));
        var products = await client.GetStringAsync("http://catalog/products");
        #endregion
        Console.WriteLine(products);
    }

    public static void Filter(IHostApplicationBuilder builder)
    {
        #region http-clients-filter-register
        builder.AddServiceMesh().AddRequestFilter<EndpointHeader>();
        #endregion
    }
}

#region load-balancing-custom
/// <summary>The first endpoint with nothing to do, else the first.</summary>
public sealed class FirstIdle : ILoadBalancer
{
    public string Name => "FIRST_IDLE";

    public Picker CreatePicker(ReadOnlySpan<EndpointView> endpoints, LoadBalancing settings) => new FirstIdlePicker(endpoints.ToArray());

    private sealed class FirstIdlePicker(EndpointView[] endpoints) : Picker
    {
        public override int Pick(ref PickContext context) => Math.Max(Array.FindIndex(endpoints, static e => e.ActiveRequests == 0), 0);
    }
}
#endregion

#region http-clients-filter
public sealed class EndpointHeader : IMeshRequestFilter
{
    public void OnAttempt(HttpRequestMessage request, in AttemptContext context)
    {
        request.Headers.Remove("x-endpoint");
        request.Headers.Add("x-endpoint", context.Endpoint);
    }
}
#endregion

internal sealed class OrdersClient(HttpClient client)
{
    public Task<HttpResponseMessage> PlaceAsync(HttpContent order) => client.PostAsync("/orders", order);
}
