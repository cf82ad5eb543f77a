using Mesh.Configuration.Istio;
using static Mesh.Configuration.Tests.Docs.Support.SupportStatement;

namespace Mesh.Configuration.Tests.Docs.Support;

internal static class VirtualServiceSupport
{
    private const string Bytes = "a process sees requests, not bytes below HTTP";

    public static SupportTable Table { get; } = new(
        "VirtualService",
        SupportGroup.Of<VirtualServiceSpec>("spec", Acts("hosts", "gateways", "http", "exportTo"), NotApplicable(Bytes, "tls", "tcp")),
        SupportGroup.Of<HTTPRouteSpec>(
            "http[]",
            Acts("name", "match", "route", "redirect", "directResponse", "delegate", "rewrite", "timeout", "retries", "fault", "mirror", "mirrors", "mirrorPercent", "mirrorPercentage", "headers"),
            ServerSide("kept in the model for whoever serves the route", "corsPolicy")),
        SupportGroup.Of<HTTPMatchRequestSpec>(
            "http[].match[]",
            Acts("name", "uri", "scheme", "method", "authority", "headers", "queryParams", "ignoreUriCase", "withoutHeaders"),
            ActsNote("decided when the configuration is read", "port", "sourceLabels", "gateways", "sourceNamespace"),
            NotApplicable("it names counters of a proxy; telemetry carries the rule's name", "statPrefix")),
        SupportGroup.Of<StringMatchSpec>("StringMatch", Acts("exact", "prefix", "regex")),
        SupportGroup.Of<HTTPRouteDestinationSpec>("http[].route[]", Acts("destination", "weight", "headers")),
        SupportGroup.Of<DestinationSpec>("Destination", Acts("host", "subset", "port")),
        SupportGroup.Of<PortSelectorSpec>("PortSelector", Acts("number")),
        SupportGroup.Of<HeadersSpec>("headers", Acts("request", "response")),
        SupportGroup.Of<HeaderOperationsSpec>("headers.request, headers.response", Acts("set", "add", "remove")),
        SupportGroup.Of<DelegateSpec>("http[].delegate", Acts("name", "namespace")),
        SupportGroup.Of<HTTPRedirectSpec>("http[].redirect", Acts("uri", "prefixRewrite", "authority", "port", "derivePort", "scheme", "redirectCode")),
        SupportGroup.Of<HTTPDirectResponseSpec>("http[].directResponse", Acts("status", "body")),
        SupportGroup.Of<HTTPBodySpec>("http[].directResponse.body", Acts("string", "bytes")),
        SupportGroup.Of<HTTPRewriteSpec>("http[].rewrite", Acts("uri", "authority", "uriRegexRewrite")),
        SupportGroup.Of<RegexRewriteSpec>("http[].rewrite.uriRegexRewrite", Acts("match", "rewrite")),
        SupportGroup.Of<HTTPRetrySpec>("http[].retries", Acts("attempts", "perTryTimeout", "retryOn", "retryRemoteLocalities", "retryIgnorePreviousHosts", "backoff")),
        SupportGroup.Of<CorsPolicySpec>(
            "http[].corsPolicy",
            ServerSide("kept in the model for whoever serves the route", "allowOrigin", "allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials", "unmatchedPreflights")),
        SupportGroup.Of<HTTPFaultInjectionSpec>("http[].fault", Acts("delay", "abort")),
        SupportGroup.Of<FaultDelaySpec>("http[].fault.delay", Acts("percent", "fixedDelay", "percentage"), NotApplicable("Istio declares it and never built it", "exponentialDelay")),
        SupportGroup.Of<FaultAbortSpec>("http[].fault.abort", Acts("httpStatus", "grpcStatus", "percentage"), NotApplicable("Istio declares it and refuses it", "http2Error")),
        SupportGroup.Of<HTTPMirrorPolicySpec>("http[].mirrors[]", Acts("destination", "percentage")),
        SupportGroup.Of<TLSRouteSpec>("tls[]", NotApplicable(Bytes, "match", "route")),
        SupportGroup.Of<TLSMatchAttributesSpec>("tls[].match[]", NotApplicable(Bytes, "sniHosts", "destinationSubnets", "port", "sourceLabels", "gateways", "sourceNamespace")),
        SupportGroup.Of<TCPRouteSpec>("tcp[]", NotApplicable(Bytes, "match", "route")),
        SupportGroup.Of<L4MatchAttributesSpec>("tcp[].match[]", NotApplicable(Bytes, "destinationSubnets", "port", "sourceSubnet", "sourceLabels", "gateways", "sourceNamespace")),
        SupportGroup.Of<RouteDestinationSpec>("tls[].route[], tcp[].route[]", NotApplicable(Bytes, "destination", "weight")));
}
