using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads the conditions of a rule.</summary>
internal static class HTTPRouteMatchReader
{
    public static HTTPRouteMatchSpec Read(ObjectReader reader) => new()
    {
        Path = reader.Object("path", static r => new HTTPPathMatchSpec
        {
            Type = r.Choice<PathMatchType>("type") ?? PathMatchType.PathPrefix,
            Value = r.String("value") ?? "/",
        }) ?? new(),
        Headers = reader.List("headers", Header),
        QueryParams = reader.List("queryParams", static r => new HTTPQueryParamMatchSpec
        {
            Type = r.Choice<ValueMatchType>("type") ?? ValueMatchType.Exact,
            Name = r.RequiredString("name"),
            Value = r.RequiredString("value"),
        }),
        Method = reader.Choice<HTTPMethod>("method"),
    };

    public static HTTPHeaderMatchSpec Header(ObjectReader reader) => new()
    {
        Type = reader.Choice<ValueMatchType>("type") ?? ValueMatchType.Exact,
        Name = reader.RequiredString("name"),
        Value = reader.RequiredString("value"),
    };
}
