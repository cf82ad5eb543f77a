using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads what a rule does besides forwarding: redirect, answer, rewrite, retries, faults, cross-origin rules.</summary>
internal static class HTTPActionReader
{
    public static DelegateSpec Delegate(ObjectReader reader) => new()
    {
        Name = reader.Text("name") ?? "",
        Namespace = reader.Text("namespace"),
    };

    public static HTTPRedirectSpec Redirect(ObjectReader reader)
    {
        reader.OneOf("port", "derivePort");
        return new HTTPRedirectSpec
        {
            Uri = reader.Text("uri"),
            PrefixRewrite = reader.Text("prefixRewrite"),
            Authority = reader.Text("authority"),
            Port = reader.Int32("port"),
            DerivePort = reader.Enum<RedirectPortSelection>(
                "derivePort",
                [("FROM_PROTOCOL_DEFAULT", RedirectPortSelection.FromProtocolDefault), ("FROM_REQUEST_PORT", RedirectPortSelection.FromRequestPort)]),
            Scheme = reader.Text("scheme"),
            RedirectCode = reader.Int32("redirectCode"),
        };
    }

    public static HTTPDirectResponseSpec DirectResponse(ObjectReader reader) => new()
    {
        Status = reader.Int32("status") ?? 0,
        Body = reader.Object("body", static r =>
        {
            r.OneOf("string", "bytes");
            return new HTTPBodySpec { String = r.String("string"), Bytes = r.String("bytes") };
        }),
    };

    public static HTTPRewriteSpec Rewrite(ObjectReader reader) => new()
    {
        Uri = reader.Text("uri"),
        Authority = reader.Text("authority"),
        UriRegexRewrite = reader.Object("uriRegexRewrite", static r => new RegexRewriteSpec { Match = r.String("match") ?? "", Rewrite = r.String("rewrite") ?? "" }),
    };

    public static HTTPRetrySpec Retry(ObjectReader reader) => new()
    {
        Attempts = reader.Int32("attempts"),
        PerTryTimeout = reader.Duration("perTryTimeout"),
        RetryOn = reader.Text("retryOn"),
        RetryRemoteLocalities = reader.Bool("retryRemoteLocalities"),
        RetryIgnorePreviousHosts = reader.Bool("retryIgnorePreviousHosts"),
        Backoff = reader.Duration("backoff"),
    };

    public static HTTPFaultInjectionSpec Fault(ObjectReader reader) => new()
    {
        Delay = reader.Object("delay", static r =>
        {
            r.OneOf("fixedDelay", "exponentialDelay");
            return new FaultDelaySpec
            {
                Percent = r.Int32("percent"),
                FixedDelay = r.Duration("fixedDelay"),
                ExponentialDelay = r.Duration("exponentialDelay"),
                Percentage = r.Percentage("percentage"),
            };
        }),
        Abort = reader.Object("abort", static r =>
        {
            r.OneOf("httpStatus", "grpcStatus", "http2Error");
            return new FaultAbortSpec
            {
                HttpStatus = r.Int32("httpStatus"),
                GrpcStatus = r.String("grpcStatus"),
                Http2Error = r.String("http2Error"),
                Percentage = r.Percentage("percentage"),
            };
        }),
    };

    public static CorsPolicySpec Cors(ObjectReader reader) => new()
    {
        AllowOrigin = reader.Strings("allowOrigin"),
        AllowOrigins = reader.List("allowOrigins", CommonReaders.StringMatch),
        AllowMethods = reader.Strings("allowMethods"),
        AllowHeaders = reader.Strings("allowHeaders"),
        ExposeHeaders = reader.Strings("exposeHeaders"),
        MaxAge = reader.Duration("maxAge"),
        AllowCredentials = reader.Bool("allowCredentials"),
        UnmatchedPreflights = reader.Enum<UnmatchedPreflights>(
            "unmatchedPreflights",
            [("UNSPECIFIED", UnmatchedPreflights.Unspecified), ("FORWARD", UnmatchedPreflights.Forward), ("IGNORE", UnmatchedPreflights.Ignore)]),
    };
}
