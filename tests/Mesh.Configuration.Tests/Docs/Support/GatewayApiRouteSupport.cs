using Mesh.Configuration.GatewayApi;
using static Mesh.Configuration.Tests.Docs.Support.SupportStatement;

namespace Mesh.Configuration.Tests.Docs.Support;

/// <summary>HTTPRoute and GRPCRoute, with what they share.</summary>
internal static class GatewayApiRouteSupport
{
    private const string Cors = "kept in the model for whoever serves the route";
    private const string Auth = "there is no checker in process; its requests are answered with 403";

    public static SupportTable HTTPRoute { get; } = new(
        "HTTPRoute (gateway.networking.k8s.io)",
        SupportGroup.Of<HTTPRouteSpec>("spec", Acts("parentRefs", "hostnames", "rules"), GatewayOnly("no gateway is a default one", "useDefaultGateways")),
        SupportGroup.Of<ParentReferenceSpec>("spec.parentRefs[]", Acts("group", "kind", "namespace", "name", "port"), GatewayOnly("names a listener", "sectionName")),
        SupportGroup.Of<HTTPRouteRuleSpec>("rules[]", Acts("name", "matches", "filters", "backendRefs", "timeouts", "retry", "sessionPersistence")),
        SupportGroup.Of<HTTPRouteMatchSpec>("rules[].matches[]", Acts("path", "headers", "queryParams", "method")),
        SupportGroup.Of<HTTPPathMatchSpec>("rules[].matches[].path", Acts("type", "value")),
        SupportGroup.Of<HTTPHeaderMatchSpec>("rules[].matches[].headers[]", Acts("type", "name", "value")),
        SupportGroup.Of<HTTPQueryParamMatchSpec>("rules[].matches[].queryParams[]", Acts("type", "name", "value")),
        SupportGroup.Of<HTTPBackendRefSpec>("rules[].backendRefs[]", Acts("group", "kind", "name", "namespace", "port", "weight", "filters")),
        SupportGroup.Of<BackendObjectReferenceSpec>("backendRef of a filter", Acts("group", "kind", "name", "namespace", "port")),
        SupportGroup.Of<HTTPRouteTimeoutsSpec>("rules[].timeouts", Acts("request", "backendRequest")),
        SupportGroup.Of<HTTPRouteRetrySpec>("rules[].retry", Acts("codes", "attempts", "backoff")),
        SupportGroup.Of<SessionPersistenceSpec>("rules[].sessionPersistence", Acts("sessionName", "absoluteTimeout", "idleTimeout", "type", "cookie", "header")),
        SupportGroup.Of<SessionCookieSpec>("rules[].sessionPersistence.cookie", Acts("name", "path", "lifetimeType")),
        SupportGroup.Of<SessionHeaderSpec>("rules[].sessionPersistence.header", Acts("name")),
        SupportGroup.Of<HTTPRouteFilterSpec>(
            "filters[]",
            Acts("type", "requestHeaderModifier", "responseHeaderModifier", "requestMirror", "requestRedirect", "urlRewrite"),
            ServerSide(Cors, "cors"),
            NotApplicable(Auth, "externalAuth"),
            NotApplicable("no extension is known; its requests are answered with 500", "extensionRef")),
        SupportGroup.Of<HTTPHeaderFilterSpec>("filters[].requestHeaderModifier, responseHeaderModifier", Acts("set", "add", "remove")),
        SupportGroup.Of<HTTPHeaderSpec>("filters[].*HeaderModifier.set[], add[]", Acts("name", "value")),
        SupportGroup.Of<HTTPRequestMirrorFilterSpec>("filters[].requestMirror", Acts("backendRef", "percent", "fraction")),
        SupportGroup.Of<FractionSpec>("filters[].requestMirror.fraction", Acts("numerator", "denominator")),
        SupportGroup.Of<HTTPRequestRedirectFilterSpec>("filters[].requestRedirect", Acts("scheme", "hostname", "path", "port", "statusCode")),
        SupportGroup.Of<HTTPURLRewriteFilterSpec>("filters[].urlRewrite", Acts("hostname", "path")),
        SupportGroup.Of<HTTPPathModifierSpec>("filters[].*.path", Acts("type", "replaceFullPath", "replacePrefixMatch")),
        SupportGroup.Of<HTTPCORSFilterSpec>("filters[].cors", ServerSide(Cors, "allowOrigins", "allowCredentials", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge")),
        SupportGroup.Of<HTTPExternalAuthFilterSpec>("filters[].externalAuth", NotApplicable(Auth, "protocol", "backendRef", "grpc", "http", "forwardBody")),
        SupportGroup.Of<GRPCAuthSpec>("filters[].externalAuth.grpc", NotApplicable(Auth, "allowedHeaders")),
        SupportGroup.Of<HTTPAuthSpec>("filters[].externalAuth.http", NotApplicable(Auth, "path", "allowedHeaders", "allowedResponseHeaders")),
        SupportGroup.Of<ForwardBodySpec>("filters[].externalAuth.forwardBody", NotApplicable(Auth, "maxSize")),
        SupportGroup.Of<LocalObjectReferenceSpec>("extensionRef, certificate and ConfigMap references", Acts("group", "kind", "name")));

    public static SupportTable GRPCRoute { get; } = new(
        "GRPCRoute (gateway.networking.k8s.io)",
        SupportGroup.Of<GRPCRouteSpec>("spec", Acts("parentRefs", "hostnames", "rules"), GatewayOnly("no gateway is a default one", "useDefaultGateways")),
        SupportGroup.Of<GRPCRouteRuleSpec>("rules[]", Acts("name", "matches", "filters", "backendRefs", "sessionPersistence")),
        SupportGroup.Of<GRPCRouteMatchSpec>("rules[].matches[]", Acts("method", "headers")),
        SupportGroup.Of<GRPCMethodMatchSpec>("rules[].matches[].method", Acts("type", "service", "method")),
        SupportGroup.Of<GRPCBackendRefSpec>("rules[].backendRefs[]", Acts("group", "kind", "name", "namespace", "port", "weight", "filters")),
        SupportGroup.Of<GRPCRouteFilterSpec>(
            "filters[]",
            Acts("type", "requestHeaderModifier", "responseHeaderModifier", "requestMirror"),
            NotApplicable("no extension is known; its requests are answered with 500", "extensionRef")));
}
