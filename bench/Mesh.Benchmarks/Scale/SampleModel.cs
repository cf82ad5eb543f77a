using System.Globalization;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Benchmarks.Scale;

/// <summary>Models of a wanted size, as lowering would produce them.</summary>
internal static class SampleModel
{
    /// <summary>Services with their endpoints spread evenly; the first one, "catalog", has the routes.</summary>
    public static MeshModel Create(int services, int endpoints, int routes) => new()
    {
        Services = Enumerable.Range(0, services).Select(i => Service(i, endpoints / services, i == 0 ? routes : 0)).ToModelList(),
    };

    public static MeshModel WithRoutes(int routes) => Create(1, 3, routes);

    public static string Prefix(int route) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/area-{route:0000}/");

    public static ServiceModel Service(int number, int endpoints, int routes)
    {
        var name = number == 0 ? "catalog" : string.Create(CultureInfo.InvariantCulture, $"service-{number}");
        var full = name + ".shop.svc.cluster.local";
        return new ServiceModel
        {
            Name = full,
            Namespace = "shop",
            Hosts = [name, name + ".shop", name + ".shop.svc", full],
            Ports = [new ServicePort(80, "http")],
            FallThrough = true,
            Rules = Enumerable.Range(0, routes).Select(i => Rule(i, full)).ToModelList(),
            Endpoints = Enumerable.Range(0, endpoints).Select(i => Endpoint(number, i)).ToModelList(),
        };
    }

    private static RouteRule Rule(int number, string service) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"route-{number}"),
        Matches = [new RouteMatch { Path = new PathMatch(MatchKind.Prefix, Prefix(number)) }],
        Action = new ForwardAction { Destinations = [new RouteDestination(new ClusterKey(service, 80))] },
        Index = number,
    };

    private static MeshEndpoint Endpoint(int service, int number) => new()
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"10.{(service >> 8) & 255}.{service & 255}.{number + 1}"),
        Port = 8080,
    };
}
