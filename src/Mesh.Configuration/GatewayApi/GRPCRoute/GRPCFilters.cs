using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The filters of a GRPCRoute are a part of those of an HTTPRoute and act in the same way.</summary>
internal static class GRPCFilters
{
    public static ModelList<HTTPRouteFilterSpec> AsHttp(ModelList<GRPCRouteFilterSpec> filters) => [.. filters.Select(static filter => new HTTPRouteFilterSpec
    {
        Type = filter.Type switch
        {
            GRPCRouteFilterType.RequestHeaderModifier => HTTPRouteFilterType.RequestHeaderModifier,
            GRPCRouteFilterType.ResponseHeaderModifier => HTTPRouteFilterType.ResponseHeaderModifier,
            GRPCRouteFilterType.RequestMirror => HTTPRouteFilterType.RequestMirror,
            _ => HTTPRouteFilterType.ExtensionRef,
        },
        RequestHeaderModifier = filter.RequestHeaderModifier,
        ResponseHeaderModifier = filter.ResponseHeaderModifier,
        RequestMirror = filter.RequestMirror,
        ExtensionRef = filter.ExtensionRef,
    })];

    public static HTTPBackendRefSpec AsHttp(GRPCBackendRefSpec backend) => new()
    {
        Group = backend.Group,
        Kind = backend.Kind,
        Name = backend.Name,
        Namespace = backend.Namespace,
        Port = backend.Port,
        Weight = backend.Weight,
        Filters = AsHttp(backend.Filters),
    };
}
