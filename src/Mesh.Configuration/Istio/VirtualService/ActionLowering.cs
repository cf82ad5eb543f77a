using System.Text;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes what a rule does: forward, redirect or answer.</summary>
internal sealed class ActionLowering(DestinationLowering destinations, RetryPolicy defaultRetries)
{
    /// <summary>The action; null when the rule does nothing here (a delegate that was not found).</summary>
    public RouteAction? Lower(SourcedRoute route)
    {
        var rule = route.Spec;
        var response = HeaderLowering.Response(rule.Headers);
        var fault = FaultLowering.Lower(rule.Fault);
        var cors = CorsLowering.Lower(rule.CorsPolicy);
        if (rule.Redirect is { } redirect)
        {
            return Redirect(redirect) with { ResponseHeaders = response, Fault = fault, Cors = cors };
        }

        if (rule.DirectResponse is { } reply)
        {
            return new DirectResponseAction { StatusCode = reply.Status, Body = Body(reply.Body), ResponseHeaders = response, Fault = fault, Cors = cors };
        }

        if (rule.Route.Count == 0)
        {
            return null;
        }

        var @namespace = route.Document.Metadata.Namespace;
        return new ForwardAction
        {
            Destinations = Destinations(rule.Route, @namespace),
            Rewrite = Rewrite(rule.Rewrite),
            RequestHeaders = HeaderLowering.Request(rule.Headers),
            ResponseHeaders = response,
            Fault = fault,
            Cors = cors,
            Timeout = rule.Timeout is { Ticks: > 0 } timeout ? timeout : null,
            Retries = RetryLowering.Lower(rule.Retries, defaultRetries),
            Mirrors = Mirrors(rule, @namespace),
        };
    }

    private ModelList<RouteDestination> Destinations(ModelList<HTTPRouteDestinationSpec> route, string @namespace)
    {
        // Alone, a destination takes everything, whatever its weight.
        if (route.Count == 1)
        {
            return [Destination(route[0], @namespace, route[0].Weight is > 0 and var weight ? weight : 1)];
        }

        var list = new List<RouteDestination>(route.Count);
        foreach (var destination in route)
        {
            if (destination.Weight is > 0 and var share)
            {
                list.Add(Destination(destination, @namespace, share));
            }
        }

        return list.ToModelList();
    }

    private RouteDestination Destination(HTTPRouteDestinationSpec spec, string @namespace, int weight) => new(destinations.Lower(spec.Destination, @namespace), weight)
    {
        RequestHeaders = HeaderLowering.Request(spec.Headers),
        ResponseHeaders = HeaderLowering.Response(spec.Headers),
    };

    private ModelList<Mirror> Mirrors(HTTPRouteSpec rule, string @namespace)
    {
        if (rule.Mirror is null && rule.Mirrors.Count == 0)
        {
            return [];
        }

        var mirrors = new List<Mirror>();
        Add(rule.Mirror, rule.MirrorPercentage ?? rule.MirrorPercent ?? 100);
        foreach (var mirror in rule.Mirrors)
        {
            Add(mirror.Destination, mirror.Percentage ?? 100);
        }

        return mirrors.ToModelList();

        // 0 percent switches the copy off.
        void Add(DestinationSpec? destination, double percent)
        {
            if (destination is not null && percent > 0)
            {
                mirrors.Add(new Mirror(destinations.Lower(destination, @namespace), percent));
            }
        }
    }

    private static RedirectAction Redirect(HTTPRedirectSpec spec) => new()
    {
        Path = spec.Uri,
        PrefixRewrite = spec.PrefixRewrite,
        Authority = spec.Authority,
        Port = spec.Port,
        DerivePortFromRequest = spec.DerivePort is RedirectPortSelection.FromRequestPort,
        Scheme = spec.Scheme,
        StatusCode = spec.RedirectCode is > 0 and var code ? code : 301,
    };

    private static Rewrite? Rewrite(HTTPRewriteSpec? spec) => spec is null ? null : new Rewrite
    {
        // The expression wins when both slip through.
        Path = spec.UriRegexRewrite is null ? spec.Uri : null,
        Authority = spec.Authority,
        RegexPattern = spec.UriRegexRewrite?.Match,
        RegexSubstitution = spec.UriRegexRewrite?.Rewrite,
    };

    private static ReadOnlyMemory<byte> Body(HTTPBodySpec? body) =>
        body?.Bytes is { } bytes ? Convert.FromBase64String(bytes) : body?.String is { } text ? Encoding.UTF8.GetBytes(text) : default(ReadOnlyMemory<byte>);
}
