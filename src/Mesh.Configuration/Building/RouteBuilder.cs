using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Building;

/// <summary>Says for which requests a rule is and what happens to them. Conditions must all hold; <see cref="Or"/> begins an alternative.</summary>
public sealed class RouteBuilder
{
    private readonly string _host;
    private readonly List<HTTPMatchRequestSpec> _finished = [];
    private readonly List<HTTPRouteDestinationSpec> _destinations = [];
    private HTTPMatchRequestSpec _match = new();
    private HTTPRouteSpec _route = new();

    internal RouteBuilder(string host) => _host = host;

    /// <summary>Names the rule in telemetry and explanations.</summary>
    /// <param name="name">The name.</param>
    public RouteBuilder Named(string name) => Change(r => r with { Name = name });

    /// <summary>A condition on the path, without query.</summary>
    public TextCondition WhenPath() => new(this, static (m, _, value) => m with { Uri = value }, "");

    /// <summary>Holds for paths that begin with the text.</summary>
    /// <param name="prefix">For example <c>/api</c>, which <c>/apix</c> also begins with.</param>
    public RouteBuilder WhenPath(string prefix) => WhenPath().StartsWith(prefix);

    /// <summary>Holds for one method.</summary>
    /// <param name="method">For example <c>GET</c>.</param>
    public RouteBuilder WhenMethod(string method) => Match(m => m with { Method = new StringMatchSpec { Exact = method } });

    /// <summary>A condition on a header.</summary>
    /// <param name="name">Name of the header.</param>
    public TextCondition WhenHeader(string name) => new(this, static (m, name, value) => m with { Headers = With(m.Headers, name, value) }, name);

    /// <summary>A condition on a header that must not hold.</summary>
    /// <param name="name">Name of the header.</param>
    public TextCondition WhenNotHeader(string name) => new(this, static (m, name, value) => m with { WithoutHeaders = With(m.WithoutHeaders, name, value) }, name);

    /// <summary>A condition on a query parameter.</summary>
    /// <param name="name">Name of the parameter.</param>
    public TextCondition WhenQuery(string name) => new(this, static (m, name, value) => m with { QueryParams = With(m.QueryParams, name, value) }, name);

    /// <summary>Ends the conditions so far; those that follow are an alternative to them.</summary>
    public RouteBuilder Or()
    {
        _finished.Add(_match);
        _match = new();
        return this;
    }

    /// <summary>Sends requests to a subset of the service.</summary>
    /// <param name="subset">Name of the subset.</param>
    /// <param name="weight">Share in relation to the other destinations of the rule; null when it is the only one.</param>
    public RouteBuilder To(string subset, int? weight = null) => ToService(_host, subset, weight);

    /// <summary>Sends requests to a service.</summary>
    /// <param name="host">Name or host of the service.</param>
    /// <param name="subset">Name of a subset of it; null: all endpoints.</param>
    /// <param name="weight">Share in relation to the other destinations of the rule; null when it is the only one.</param>
    public RouteBuilder ToService(string host, string? subset = null, int? weight = null)
    {
        _destinations.Add(new HTTPRouteDestinationSpec { Destination = new DestinationSpec { Host = host, Subset = subset }, Weight = weight });
        return this;
    }

    /// <summary>Limits the whole call, retries included.</summary>
    /// <param name="timeout">The limit; zero: none.</param>
    public RouteBuilder Timeout(TimeSpan timeout) => Change(r => r with { Timeout = timeout });

    /// <summary>Retries failed tries.</summary>
    /// <param name="attempts">Retries after the first try; 0: none.</param>
    /// <param name="on">Envoy's conditions with commas between; null: Istio's default.</param>
    /// <param name="perTry">Limit of one try; null: that of the call.</param>
    public RouteBuilder Retries(int attempts, string? on = null, TimeSpan? perTry = null) =>
        Change(r => r with { Retries = new HTTPRetrySpec { Attempts = attempts, RetryOn = on, PerTryTimeout = perTry } });

    /// <summary>Sends copies elsewhere, whose answers are dropped.</summary>
    /// <param name="host">Name or host of a service.</param>
    /// <param name="subset">Name of a subset of it; null: all endpoints.</param>
    /// <param name="percent">Share of requests, 0–100.</param>
    public RouteBuilder Mirror(string host, string? subset = null, double percent = 100) => Change(r => r with
    {
        Mirrors = [.. r.Mirrors, new HTTPMirrorPolicySpec { Destination = new DestinationSpec { Host = host, Subset = subset }, Percentage = percent }],
    });

    /// <summary>Holds a share of the requests for a while before they are sent.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="percent">Share of requests, 0–100.</param>
    public RouteBuilder FaultDelay(TimeSpan delay, double percent = 100) =>
        Change(r => r with { Fault = (r.Fault ?? new()) with { Delay = new FaultDelaySpec { FixedDelay = delay, Percentage = percent } } });

    /// <summary>Answers a share of the requests with an error instead of sending them.</summary>
    /// <param name="status">HTTP status, 200–599.</param>
    /// <param name="percent">Share of requests, 0–100.</param>
    public RouteBuilder FaultAbort(int status, double percent = 100) =>
        Change(r => r with { Fault = (r.Fault ?? new()) with { Abort = new FaultAbortSpec { HttpStatus = status, Percentage = percent } } });

    /// <summary>Changes path or authority before the request is sent.</summary>
    /// <param name="path">Takes the place of the matched prefix, or of the whole path; null: unchanged.</param>
    /// <param name="authority">New authority; null: unchanged.</param>
    public RouteBuilder Rewrite(string? path = null, string? authority = null) =>
        Change(r => r with { Rewrite = new HTTPRewriteSpec { Uri = path, Authority = authority } });

    /// <summary>Answers with a redirect.</summary>
    /// <param name="path">New path; null: the request's.</param>
    /// <param name="authority">New host; null: the request's.</param>
    /// <param name="status">301, 302, 303, 307 or 308.</param>
    public RouteBuilder Redirect(string? path = null, string? authority = null, int status = 301) =>
        Change(r => r with { Redirect = new HTTPRedirectSpec { Uri = path, Authority = authority, RedirectCode = status } });

    /// <summary>Answers with a fixed status and text.</summary>
    /// <param name="status">HTTP status, 200–599.</param>
    /// <param name="body">The text; null: none.</param>
    public RouteBuilder Respond(int status, string? body = null) =>
        Change(r => r with { DirectResponse = new HTTPDirectResponseSpec { Status = status, Body = body is null ? null : new HTTPBodySpec { String = body } } });

    /// <summary>Changes any other part of the rule.</summary>
    /// <param name="configure">Gets the rule so far, without conditions and destinations, and returns the new one.</param>
    public RouteBuilder Change(Func<HTTPRouteSpec, HTTPRouteSpec> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _route = configure(_route);
        return this;
    }

    internal RouteBuilder Match(Func<HTTPMatchRequestSpec, HTTPMatchRequestSpec> change)
    {
        _match = change(_match);
        return this;
    }

    internal HTTPRouteSpec Build()
    {
        // No conditions at all, or an alternative without any: the rule is for every request.
        ModelList<HTTPMatchRequestSpec> matches = _match == new HTTPMatchRequestSpec() ? [] : [.. _finished, _match];
        var answers = _route.Redirect is not null || _route.DirectResponse is not null;
        return _route with
        {
            Match = matches,
            Route = _destinations.Count == 0 && !answers
                ? [new HTTPRouteDestinationSpec { Destination = new DestinationSpec { Host = _host } }]
                : _destinations.ToModelList(),
        };
    }

    private static ModelMap<StringMatchSpec> With(ModelMap<StringMatchSpec> map, string name, StringMatchSpec value) =>
        map.Append(new(name, value)).ToModelMap();
}
