using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Conditions that must all hold. Source: Gateway API HTTPRouteMatch.</summary>
public sealed record HTTPRouteMatchSpec
{
    /// <summary>Test of the path. Default: prefix <c>/</c>.</summary>
    public HTTPPathMatchSpec Path { get; init; } = new();

    /// <summary>Tests of headers; of equal names the first counts.</summary>
    public ModelList<HTTPHeaderMatchSpec> Headers { get; init; } = [];

    /// <summary>Tests of query parameters; of equal names the first counts.</summary>
    public ModelList<HTTPQueryParamMatchSpec> QueryParams { get; init; } = [];

    /// <summary>Method; null: any.</summary>
    public HTTPMethod? Method { get; init; }
}

/// <summary>A test of the path. Source: Gateway API HTTPPathMatch.</summary>
public sealed record HTTPPathMatchSpec
{
    /// <summary>How to compare. Default <see cref="PathMatchType.PathPrefix"/>.</summary>
    public PathMatchType Type { get; init; } = PathMatchType.PathPrefix;

    /// <summary>What to compare with. Default <c>/</c>.</summary>
    public string Value { get; init; } = "/";
}

/// <summary>How paths are compared.</summary>
public enum PathMatchType
{
    /// <summary>Equal.</summary>
    Exact,

    /// <summary>Equal, or longer by whole segments.</summary>
    PathPrefix,

    /// <summary>The whole path matches the RE2 expression.</summary>
    RegularExpression,
}

/// <summary>How headers, query parameters and gRPC methods are compared.</summary>
public enum ValueMatchType
{
    /// <summary>Equal.</summary>
    Exact,

    /// <summary>The whole value matches the RE2 expression.</summary>
    RegularExpression,
}

/// <summary>A test of a header. Source: Gateway API HTTPHeaderMatch, GRPCHeaderMatch.</summary>
public sealed record HTTPHeaderMatchSpec
{
    /// <summary>How to compare. Default <see cref="ValueMatchType.Exact"/>.</summary>
    public ValueMatchType Type { get; init; }

    /// <summary>Name, compared without case.</summary>
    public required string Name { get; init; }

    /// <summary>Value.</summary>
    public required string Value { get; init; }
}

/// <summary>A test of a query parameter. Source: Gateway API HTTPQueryParamMatch.</summary>
public sealed record HTTPQueryParamMatchSpec
{
    /// <summary>How to compare. Default <see cref="ValueMatchType.Exact"/>.</summary>
    public ValueMatchType Type { get; init; }

    /// <summary>Name, case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>Value.</summary>
    public required string Value { get; init; }
}

/// <summary>Methods a match may name.</summary>
public enum HTTPMethod
{
    /// <summary>GET.</summary>
    GET,

    /// <summary>HEAD.</summary>
    HEAD,

    /// <summary>POST.</summary>
    POST,

    /// <summary>PUT.</summary>
    PUT,

    /// <summary>DELETE.</summary>
    DELETE,

    /// <summary>CONNECT.</summary>
    CONNECT,

    /// <summary>OPTIONS.</summary>
    OPTIONS,

    /// <summary>TRACE.</summary>
    TRACE,

    /// <summary>PATCH.</summary>
    PATCH,
}
