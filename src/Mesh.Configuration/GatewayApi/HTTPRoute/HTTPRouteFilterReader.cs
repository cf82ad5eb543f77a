using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a filter. Which of its fields goes with its type is for the validator.</summary>
internal static class HTTPRouteFilterReader
{
    private static readonly BackendObjectReferenceSpec s_noBackend = new() { Name = "" };

    public static HTTPRouteFilterSpec Read(ObjectReader reader) => new()
    {
        Type = reader.RequiredChoice<HTTPRouteFilterType>("type"),
        RequestHeaderModifier = reader.Object("requestHeaderModifier", RequestHeaders),
        ResponseHeaderModifier = reader.Object("responseHeaderModifier", Headers),
        RequestMirror = reader.Object("requestMirror", Mirror),
        RequestRedirect = reader.Object("requestRedirect", static r => new HTTPRequestRedirectFilterSpec
        {
            Scheme = r.String("scheme"),
            Hostname = r.String("hostname"),
            Path = r.Object("path", PathModifier),
            Port = r.Int32("port"),
            StatusCode = r.Int32("statusCode") ?? 302,
        }),
        UrlRewrite = reader.Object("urlRewrite", static r => new HTTPURLRewriteFilterSpec
        {
            Hostname = r.String("hostname"),
            Path = r.Object("path", PathModifier),
        }),
        Cors = reader.Object("cors", static r => new HTTPCORSFilterSpec
        {
            AllowOrigins = r.Strings("allowOrigins"),
            AllowCredentials = r.Bool("allowCredentials"),
            AllowMethods = r.Strings("allowMethods"),
            AllowHeaders = r.Strings("allowHeaders"),
            ExposeHeaders = r.Strings("exposeHeaders"),
            MaxAge = r.Int32("maxAge") ?? 5,
        }),
        ExternalAuth = reader.Object("externalAuth", ExternalAuth),
        ExtensionRef = reader.Object("extensionRef", CommonReaders.LocalObject),
    };

    /// <summary>Edits of a request, where <c>host</c> names the authority.</summary>
    public static HTTPHeaderFilterSpec RequestHeaders(ObjectReader reader) => new()
    {
        Set = reader.List("set", RequestHeader),
        Add = reader.List("add", RequestHeader),
        Remove = reader.Strings("remove"),
    };

    public static HTTPHeaderFilterSpec Headers(ObjectReader reader) => new()
    {
        Set = reader.List("set", Header),
        Add = reader.List("add", Header),
        Remove = reader.Strings("remove"),
    };

    public static HTTPRequestMirrorFilterSpec Mirror(ObjectReader reader) => new()
    {
        BackendRef = reader.Required("backendRef", CommonReaders.BackendObject) ?? s_noBackend,
        Percent = reader.Int32("percent"),
        Fraction = reader.Object("fraction", static r => new FractionSpec
        {
            Numerator = r.RequiredInt("numerator"),
            Denominator = r.Int32("denominator") ?? 100,
        }),
    };

    private static HTTPHeaderSpec Header(ObjectReader reader) => new(reader.RequiredString("name"), reader.RequiredString("value"));

    // Gateway API takes any text; a calling process can only send a host.
    private static HTTPHeaderSpec RequestHeader(ObjectReader reader)
    {
        var header = Header(reader);
        if (reader.Problems.Purpose == ReadingPurpose.Load && header.Name.Equals("host", StringComparison.OrdinalIgnoreCase)
            && HostHeaderText.Problem(header.Value) is { } problem)
        {
            reader.Error("value", problem);
        }

        return header;
    }

    private static HTTPPathModifierSpec PathModifier(ObjectReader reader) => new()
    {
        Type = reader.RequiredChoice<HTTPPathModifierType>("type"),
        ReplaceFullPath = reader.String("replaceFullPath"),
        ReplacePrefixMatch = reader.String("replacePrefixMatch"),
    };

    private static HTTPExternalAuthFilterSpec ExternalAuth(ObjectReader reader) => new()
    {
        Protocol = reader.RequiredChoice<ExternalAuthProtocol>("protocol"),
        BackendRef = reader.Required("backendRef", CommonReaders.BackendObject) ?? s_noBackend,
        Grpc = reader.Object("grpc", static r => new GRPCAuthSpec(r.Strings("allowedHeaders"))),
        Http = reader.Object("http", static r => new HTTPAuthSpec
        {
            Path = r.String("path"),
            AllowedHeaders = r.Strings("allowedHeaders"),
            AllowedResponseHeaders = r.Strings("allowedResponseHeaders"),
        }),
        ForwardBody = reader.Object("forwardBody", static r => new ForwardBodySpec(r.Int32("maxSize") ?? 0)),
    };
}
