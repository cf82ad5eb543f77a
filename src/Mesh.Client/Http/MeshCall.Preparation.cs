// hot path
using System.Net;
using Mesh.Client.Http.Replay;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Client.Telemetry;
using Mesh.Client.Transport;
using Mesh.Diagnostics;
using Mesh.Filters;
using Mesh.Model;

namespace Mesh.Client.Http;

/// <content>What happens before the first try and before each: answers without a try, rewriting, limits, clocks, and pointing the request at an endpoint.</content>
internal sealed partial class MeshCall
{
    private static readonly Version s_http2 = HttpVersion.Version20;

    /// <summary>Steps before the first try; an answer when there will be none.</summary>
    private HttpResponseMessage? Begin()
    {
        if (Runtime.Meter.RequestsEnabled)
        {
            _started = Runtime.Time.GetTimestamp();
        }

        if (MeshActivities.IsEnabled)
        {
            Extras.CallActivity = MeshActivities.StartCall(_request, _destination?.Key.Service ?? _service.Model.Name, _route.Name);
        }

        if (Runtime.Options.AcceptEnvoyHeaders)
        {
            AcceptEnvoyHeaders();
        }

        var cluster = _cluster;
        if (cluster is null || _destination is { AnswersItself: true })
        {
            return BeginAnswer();
        }

        if (_route.HasSpecialTreatment)
        {
            BeginSpecial();
        }

        if (_destination!.HasSpecialTreatment)
        {
            // The authority of a rewrite wins over the rule's headers, and the rule's over the destination's (ISTIO §2 Rewrite).
            ApplyHeaders(_destination.RequestHeaders, mayChangeAuthority: _route.Rewrite?.Authority is null && _route.RequestHeaders?.Authority is null);
            if (_destination.Rewrite is { } rewrite)
            {
                RewriteForDestination(rewrite);
            }
        }

        PrepareBody(Retries);
        if (cluster.ClosesConnections && !cluster.UsesHttp2)
        {
            SaveHeaders();
            _request.Headers.ConnectionClose = true;
        }

        if (_client.Cookies is not null)
        {
            AddCookies(_client.Cookies);
        }

        if (cluster.HashKey is not null)
        {
            PrepareHash(cluster.HashKey);
        }

        return null;
    }

    /// <summary>
    /// What happens once, just before the first try and thus below injected faults: a place is taken (a request that a fault holds back or ends is none of
    /// the cluster's load, ENVOY §16), the clocks start (an injected delay does not count against the route's time, ISTIO §2) and copies leave (a request
    /// that an injected abort ended is not copied).
    /// </summary>
    /// <returns>An answer when a limit stands in the way.</returns>
    private HttpResponseMessage? BeginFirstAttempt(BoundCluster cluster)
    {
        if (cluster.IsCounted && cluster.State.TryEnter(cluster.Policy.ConnectionPool, _client.CountsConnections ? cluster.Transport.Connections : null) is { } limit)
        {
            Runtime.Log.Overflow(cluster.Name, limit);
            return Refuse(503, ResponseFlags.UpstreamOverflow, "upstream connect error or disconnect/reset before headers. reset reason: overflow");
        }

        _isBegun = true;
        _isCounted = cluster.IsCounted;
        cluster.Window?.Add();
        if (TimeLimit is not null || Retries.PerTryTimeout is not null)
        {
            Extras.Timeout = new CallTimeout(TimeLimit, Retries.PerTryTimeout, Runtime.Time, _callerToken);
        }

        if (_extras is { Mirrors: { } mirrors, Replay: null })
        {
            SendMirrors(mirrors, _extras.MirrorBody);
            _extras.Mirrors = null;
        }

        return null;
    }

    /// <summary>A request that is not sent. The fault of its rule comes first; <see cref="PrepareAsync"/> has both.</summary>
    private HttpResponseMessage? BeginAnswer()
    {
        if (_route.Fault is { } fault)
        {
            Extras.Fault = fault;
        }

        return _extras is { Fault: not null } ? null : AnswerLocally();
    }

    /// <summary>Everything a route may do besides forwarding as it is.</summary>
    private void BeginSpecial()
    {
        ApplyHeaders(_route.RequestHeaders, mayChangeAuthority: true);
        if (_route.Rewrite is { } rewrite)
        {
            var uri = _request.RequestUri!;
            var path = rewrite.RewritePath(uri.AbsolutePath, _match?.Path);
            SetTarget(
                ReferenceEquals(path, uri.AbsolutePath) ? uri : new Uri(uri.GetLeftPart(UriPartial.Authority) + path + uri.Query, UriKind.Absolute),
                rewrite.Authority ?? _request.Headers.Host);
        }

        foreach (var mirror in _route.Mirrors)
        {
            if (mirror.Cluster is not null && Runtime.Random.Hits(mirror.Percent))
            {
                (Extras.Mirrors ??= []).Add(mirror);
            }
        }
    }

    /// <summary>The answer to a request that is not sent. A redirect speaks of the request as the caller wrote it.</summary>
    private HttpResponseMessage AnswerLocally() =>
        _destination is { AnswersItself: true } destination ? AnswerForDestination(destination)
            : _route.Redirect is { } redirect ? RedirectReply.Create(_request, redirect, _match?.Path)
            : _route.DirectResponse is { } direct ? RedirectReply.Direct(_request, direct)
            : _route.Forward is null ? Refuse(404, ResponseFlags.NoRouteFound, "no route matches the request")
            : Refuse(503, ResponseFlags.NoClusterFound, "the route names " + _destination?.Key + ", which does not exist");

    public override HttpResponseMessage CreateAbort(Fault fault)
    {
        _flags |= ResponseFlags.FaultInjected;
        return fault.AbortGrpcStatus is { } grpc
            ? LocalReply.Grpc(_request, LocalReply.GrpcStatusByName(grpc), ResponseFlags.FaultInjected, "fault filter abort")
            : LocalReply.Create(_request, fault.AbortHttpStatus ?? 503, ResponseFlags.FaultInjected, "fault filter abort", IsGrpc);
    }

    /// <summary>
    /// Makes the body fit for a second try where one may come. A body that might be good for one use only is teed while it streams; a missing body on a method
    /// that is not idempotent becomes an empty one, because .NET itself re-sends requests without a body when a reused connection turns out to be dead.
    /// </summary>
    private void PrepareBody(RetryPolicy retries)
    {
        var content = _request.Content;
        if (content is null)
        {
            if (!RetryClassifier.IsIdempotent(_request.Method))
            {
                SetContent(new ByteArrayContent([]));
            }

            return;
        }

        var mayRepeat = retries.Attempts > 0 && (!retries.IsDefault || RetryClassifier.IsIdempotent(_request.Method) || IsGrpc);
        if ((mayRepeat || _extras?.Mirrors is not null) && ContentKinds.Of(content) == ContentKind.Unknown)
        {
            var replay = new ReplayableContent(content, retries.BufferLimit);
            Extras.Replay = replay;
            SetContent(replay);
        }
    }

    /// <summary>
    /// Points the request at an endpoint. With a pinned transport that is nothing at all: URI and Host stay what the application wrote. What may change is the
    /// HTTP version (upgrades) and the scheme (<c>https+http</c>, endpoints that demand one, TLS of our own over HTTP/2, where Kestrel refuses <c>:scheme http</c>).
    /// </summary>
    private void PointAt(EndpointState endpoint, EndpointTransport transport, BoundCluster cluster)
    {
        var http2 = cluster.UsesHttp2 || (endpoint.Endpoint.Http2 && !cluster.Policy.ConnectionPool.UseClientProtocol);
        var version = _request.Version;
        if (http2 ? version.Major != 2 || _request.VersionPolicy != HttpVersionPolicy.RequestVersionExact : version.Major > 2)
        {
            SaveVersion();
            _request.Version = s_http2;
        }
        else if (!http2 && _version is { Major: <= 2 })
        {
            // An earlier try was upgraded; this endpoint is not.
            RestoreVersion();
        }

        var uri = _extras?.RoutedUri ?? _request.RequestUri!;
        var scheme = SchemeFor(uri, endpoint, transport, cluster, http2);
        if (http2 && _version is not null)
        {
            // Plain text needs prior knowledge; over TLS ALPN decides.
            _request.VersionPolicy = ReferenceEquals(scheme, Uri.UriSchemeHttp) ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower;
        }

        if (transport.Rewrite is { } target)
        {
            SetTarget(new UriBuilder(scheme, target.Host, target.Port == 0 ? -1 : target.Port) { Path = uri.AbsolutePath, Query = uri.Query }.Uri, _request.Headers.Host ?? uri.Authority);
        }
        else if (!ReferenceEquals(scheme, uri.Scheme) && scheme != uri.Scheme)
        {
            SetTarget(new Uri(scheme + uri.AbsoluteUri[uri.Scheme.Length..], UriKind.Absolute), _request.Headers.Host);
        }
        else if (_extras is { IsTargetChanged: true } && !ReferenceEquals(_request.RequestUri, uri))
        {
            // An earlier try went to an endpoint that demands the other scheme.
            _request.RequestUri = uri;
        }
    }

    internal static string SchemeFor(Uri uri, EndpointState endpoint, EndpointTransport transport, BoundCluster cluster, bool http2)
    {
        var scheme = uri.Scheme;
        var isPlainName = ReferenceEquals(scheme, Uri.UriSchemeHttp) || ReferenceEquals(scheme, Uri.UriSchemeHttps);
        if (transport.IsSecure)
        {
            return http2 || !isPlainName ? Uri.UriSchemeHttps : scheme;
        }

        if (cluster.Policy.Tls is { Mode: ClientTlsMode.Disable })
        {
            return Uri.UriSchemeHttp;
        }

        if (endpoint.Endpoint.Scheme is { } demanded)
        {
            return demanded == "https" ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        }

        if (!isPlainName && cluster.Port is { } port)
        {
            // https+http towards a declared port: what the port speaks.
            return port.Protocol == PortProtocol.Https ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        }

        // Nobody says anything: the first scheme, as in Microsoft.Extensions.ServiceDiscovery.
        return isPlainName ? scheme : scheme.StartsWith("https", StringComparison.Ordinal) ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
    }

    private void RunFilters(EndpointState endpoint)
    {
        var context = new AttemptContext(_destination!.Key.Service, _destination.Key.Subset, _route.Name, endpoint.Name, _attempts);
        foreach (var filter in Runtime.Filters)
        {
            filter.OnAttempt(_request, context);
        }
    }

    /// <summary>Discovery has not delivered yet: wait for its first list, no longer than opening a connection may take, then try as usual.</summary>
    private async Task<HttpResponseMessage> AwaitEndpointsAsync(BoundCluster cluster)
    {
        try
        {
            var limit = cluster.Policy.ConnectionPool.ConnectTimeout > TimeSpan.Zero ? cluster.Policy.ConnectionPool.ConnectTimeout : Timeout.InfiniteTimeSpan;
            await cluster.Owner.FirstEndpoints.WaitAsync(limit, Runtime.Time, _extras?.Timeout?.Whole ?? _callerToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_extras?.Timeout is { IsOver: true })
        {
            return Refuse(504, ResponseFlags.UpstreamRequestTimeout, "upstream request timeout");
        }
        catch (TimeoutException)
        {
            return Refuse(503, ResponseFlags.NoHealthyUpstream, "discovery has found no endpoint in time");
        }

        return cluster.Set.All.Length == 0
            ? Refuse(503, ResponseFlags.NoHealthyUpstream, "no healthy upstream")
            : await BeginAttempt().ConfigureAwait(false);
    }
}
