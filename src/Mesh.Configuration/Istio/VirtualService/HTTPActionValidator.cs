using System.Text;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks what a rule does besides forwarding.</summary>
internal static class HTTPActionValidator
{
    private const double SmallestShare = 0.0001;
    private const int BodyWarning = 100 * 1024;
    private const int BodyLimit = 1024 * 1024;

    public static void Validate(FieldScope at, HTTPRouteSpec rule)
    {
        Redirect(at["redirect"], rule.Redirect, rule.Match);
        DirectResponse(at["directResponse"], rule.DirectResponse);
        Rewrite(at["rewrite"], rule.Rewrite);
        Retries(at["retries"], rule.Retries);
        Fault(at["fault"], rule.Fault);
        Cors(at["corsPolicy"], rule.CorsPolicy);
    }

    private static void Redirect(FieldScope at, HTTPRedirectSpec? redirect, ModelList<HTTPMatchRequestSpec> matches)
    {
        if (redirect is null)
        {
            return;
        }

        if (redirect is { Uri: null, PrefixRewrite: null, Authority: null, Scheme: null, Port: null, DerivePort: null })
        {
            at.Error("a redirect to the same place; set 'uri', 'authority', 'scheme', 'port' or 'prefixRewrite'");
        }

        if (redirect.Port is not null && redirect.DerivePort is not null)
        {
            at["derivePort"].Error("only one of 'port' and 'derivePort' may be set");
        }

        if (redirect.Port is not 0)
        {
            at["port"].Port(redirect.Port);
        }

        if (redirect.Scheme is not (null or "http" or "https"))
        {
            at["scheme"].Error("invalid redirect scheme, must be \"http\" or \"https\"");
        }

        if (redirect.RedirectCode is not (null or 0 or >= 300 and <= 399))
        {
            at["redirectCode"].Error($"{redirect.RedirectCode} is not a valid redirect code, must be 3xx; use 301, 302, 303, 307 or 308");
        }
        else if (redirect.RedirectCode is not (null or 0 or 301 or 302 or 303 or 307 or 308))
        {
            // Admitted by Istio, and unknown to Envoy.
            at["redirectCode"].LoadError($"{redirect.RedirectCode} is not a redirect; use 301, 302, 303, 307 or 308");
        }

        if (redirect.PrefixRewrite is null)
        {
            return;
        }

        if (redirect.Uri is not null)
        {
            at["prefixRewrite"].Error("only one of 'uri' and 'prefixRewrite' may be set");
        }

        foreach (var match in matches)
        {
            if (match.Uri is { Prefix: null } and ({ Exact: not null } or { Regex: not null }))
            {
                at["prefixRewrite"].Error("needs a 'prefix' in every match on the path; use 'uri' for exact and regex");
                break;
            }
        }
    }

    private static void DirectResponse(FieldScope at, HTTPDirectResponseSpec? response)
    {
        if (response is null)
        {
            return;
        }

        at["status"].AnswerStatus(response.Status);
        var size = Encoding.UTF8.GetByteCount(response.Body?.String ?? "");
        if (response.Body?.Bytes is { } text)
        {
            var buffer = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, buffer, out size))
            {
                at["body"]["bytes"].Error("is not base64; use 'string' for text");
            }
        }

        if (size > BodyLimit)
        {
            at["body"].Error($"the body has {size} bytes, and 1 MiB is the limit; serve it from a service");
        }
        else if (size > BodyWarning)
        {
            at["body"].Warning($"the body has {size} bytes and is held in memory for every rule; serve it from a service");
        }
    }

    private static void Rewrite(FieldScope at, HTTPRewriteSpec? rewrite)
    {
        if (rewrite is null)
        {
            return;
        }

        if (rewrite is { Uri: null, Authority: null, UriRegexRewrite: null })
        {
            at.Error("a rewrite of nothing; set 'uri', 'authority' or 'uriRegexRewrite'");
        }

        if (rewrite.UriRegexRewrite is not { } regex)
        {
            return;
        }

        if (rewrite.Uri is not null)
        {
            at["uriRegexRewrite"].Error("only one of 'uri' and 'uriRegexRewrite' may be set");
        }

        if (regex.Match.Length == 0)
        {
            at["uriRegexRewrite"]["match"].Error("needs an expression");
        }
        else
        {
            at["uriRegexRewrite"]["match"].Expression(regex.Match);
        }

        if (regex.Rewrite.Length == 0)
        {
            at["uriRegexRewrite"]["rewrite"].Error("needs a replacement");
        }
    }

    private static void Retries(FieldScope at, HTTPRetrySpec? retries)
    {
        if (retries is null)
        {
            return;
        }

        at["attempts"].NotNegative(retries.Attempts);
        if ((retries.Attempts ?? 0) == 0
            && (retries.PerTryTimeout is not null || retries.RetryOn is not null || retries.RetryRemoteLocalities is not null || retries.Backoff is not null))
        {
            at.Error("retries are off (attempts is 0), and there are settings for them; set 'attempts', or write retries: {attempts: 0} alone");
        }

        at["perTryTimeout"].DurationOrZero(retries.PerTryTimeout);
        at["backoff"].PositiveDuration(retries.Backoff);
        at["retryOn"].ErrorIf(RetryOn.Check(retries.RetryOn, isStrict: at.Problems.Purpose == ReadingPurpose.Admission));
    }

    private static void Fault(FieldScope at, HTTPFaultInjectionSpec? fault)
    {
        if (fault is null)
        {
            return;
        }

        if (fault is { Delay: null, Abort: null })
        {
            at.Error("a fault needs 'delay' or 'abort'");
        }

        if (fault.Delay is { } delay)
        {
            var place = at["delay"];
            if (delay.ExponentialDelay is not null)
            {
                place["exponentialDelay"].Error("exponentialDelay not supported yet; use fixedDelay");
            }
            else if (delay.FixedDelay is null)
            {
                place.Advice("a delay without 'fixedDelay' does nothing; add it");
            }

            place["fixedDelay"].PositiveDuration(delay.FixedDelay);
            Share(place, delay.Percentage, delay.Percent);
        }

        if (fault.Abort is { } abort)
        {
            Abort(at["abort"], abort);
        }
    }

    private static void Abort(FieldScope at, FaultAbortSpec abort)
    {
        if (abort.Http2Error is not null)
        {
            at["http2Error"].Error("is refused by Istio as well; use 'httpStatus' or 'grpcStatus'");
        }
        else if (abort.HttpStatus is { } status)
        {
            at["httpStatus"].AnswerStatus(status);
        }
        else if (abort.GrpcStatus is not { } name)
        {
            at.Warning("abort configured, but error type not set; add 'httpStatus' or 'grpcStatus'");
        }
        else if (!GrpcStatus.IsName(name))
        {
            at["grpcStatus"].Error($"'{name}' is not a gRPC status; use a name such as UNAVAILABLE");
        }

        Share(at, abort.Percentage, null);
    }

    private static void Share(FieldScope at, double? percentage, int? percent)
    {
        at["percentage"].Percent(percentage);
        if (percentage is > 0 and < SmallestShare)
        {
            at["percentage"].Error($"percentage {percentage} is neither 0.0, nor in range [{SmallestShare}, 100.0]");
        }

        at["percent"].Percent(percent);
        if (percent is not null)
        {
            at["percent"].Warning("deprecated; write percentage: {value: …}");
        }
        else if (percentage is null)
        {
            at.Warning("without a percentage the fault hits nobody; write percentage: {value: 100} for everybody");
        }
    }

    private static void CorsHeaders(FieldScope at, ModelList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] != "*")
            {
                at[i].StrictHeaderName(names[i]);
            }
        }
    }

    private static void Cors(FieldScope at, CorsPolicySpec? cors)
    {
        if (cors is null)
        {
            return;
        }

        at.HasNoEffect("cross-origin rules act where requests arrive, not in a calling process");
        for (var i = 0; i < cors.AllowOrigins.Count; i++)
        {
            if (cors.AllowOrigins[i] is { Exact: null or "", Prefix: null or "", Regex: null or "" })
            {
                at["allowOrigins"][i].Error("an origin needs 'exact', 'prefix' or 'regex'");
            }
            else
            {
                at["allowOrigins"][i].StringMatch(cors.AllowOrigins[i]);
            }
        }

        for (var i = 0; i < cors.AllowMethods.Count; i++)
        {
            if (cors.AllowMethods[i] is not ("*" or "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE"))
            {
                at["allowMethods"][i].Error($"\"{cors.AllowMethods[i]}\" is not a supported HTTP method; write it in capitals");
            }
        }

        CorsHeaders(at["allowHeaders"], cors.AllowHeaders);
        CorsHeaders(at["exposeHeaders"], cors.ExposeHeaders);
        at["maxAge"].PositiveDuration(cors.MaxAge);
        if (cors.MaxAge is { } age && age.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            at["maxAge"].Error("must be a whole number of seconds");
        }
    }
}
