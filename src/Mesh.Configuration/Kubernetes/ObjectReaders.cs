using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Kubernetes;

/// <summary>Reads what routing looks at in Kubernetes objects that have no <c>spec</c>. The rest of such a document is none of the mesh's business.</summary>
internal static class ObjectReaders
{
    public static IReadOnlyList<KindReader> Kinds { get; } =
    [
        KindReader.OfDocument("Namespace", ["v1"], Namespace) with { IsClusterScoped = true },
        KindReader.OfDocument("ConfigMap", ["v1"], ConfigMap),
        KindReader.OfDocument("Secret", ["v1"], SecretReader.Read) with { Validate = SecretReader.Validate },
        KindReader.OfDocument("EndpointSlice", ["discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"], EndpointSlice),
    ];

    private static NamespaceSpec Namespace(ObjectReader reader)
    {
        reader.IgnoreRest();
        return new NamespaceSpec();
    }

    private static ConfigMapSpec ConfigMap(ObjectReader reader)
    {
        var spec = new ConfigMapSpec { Data = reader.StringMap("data") };
        reader.IgnoreRest();
        return spec;
    }

    private static EndpointSliceSpec EndpointSlice(ObjectReader reader)
    {
        var spec = new EndpointSliceSpec
        {
            AddressType = reader.String("addressType") ?? "IPv4",
            Endpoints = reader.List("endpoints", Endpoint),
            Ports = reader.List("ports", static r =>
            {
                var port = new EndpointSlicePortSpec(r.String("name") ?? "", r.Int32("port") ?? 0);
                r.IgnoreRest();
                return port;
            }),
        };
        reader.IgnoreRest();
        return spec;
    }

    private static EndpointSliceEndpointSpec Endpoint(ObjectReader reader)
    {
        var endpoint = new EndpointSliceEndpointSpec
        {
            Addresses = reader.Strings("addresses"),
            Ready = reader.Object("conditions", static r =>
            {
                var ready = new Condition(r.Bool("ready"));
                r.IgnoreRest();
                return ready;
            })?.Ready,
            Zone = reader.String("zone"),
            TargetName = reader.Object("targetRef", static r =>
            {
                var target = new Target(r.String("name"));
                r.IgnoreRest();
                return target;
            })?.Name,
        };
        reader.IgnoreRest();
        return endpoint;
    }

    private sealed record Condition(bool? Ready);

    private sealed record Target(string? Name);
}
