using Mesh.Client.Compile;

namespace Mesh.Client.Http;

/// <content>
/// Changes to the caller's message, and their undoing. The message belongs to the application: it may send it again, log it, or read it from
/// <see cref="HttpResponseMessage.RequestMessage"/>; after the call it looks as before.
/// </content>
internal sealed partial class MeshCall
{
    private void SetTarget(Uri uri, string? host)
    {
        var extras = Extras;
        if (!extras.IsTargetChanged)
        {
            extras.IsTargetChanged = true;
            extras.Uri = _request.RequestUri;
            extras.Host = _request.Headers.Host;
        }

        // The first change of a call is the route's rewrite; tries start from it.
        if (_attempts == 0)
        {
            extras.RoutedUri = uri;
            extras.RoutedHost = host;
        }
        else
        {
            extras.RoutedUri ??= extras.Uri;
        }

        _request.RequestUri = uri;
        _request.Headers.Host = host;
    }

    private void SaveVersion()
    {
        var extras = Extras;
        if (!extras.IsVersionChanged)
        {
            extras.IsVersionChanged = true;
            extras.Version = _request.Version;
            extras.VersionPolicy = _request.VersionPolicy;
        }
    }

    private void SetContent(HttpContent content)
    {
        var extras = Extras;
        if (!extras.IsContentChanged)
        {
            extras.IsContentChanged = true;
            extras.Content = _request.Content;
        }

        _request.Content = content;
    }

    private void SaveHeaders()
    {
        if (Extras.Headers is not null)
        {
            return;
        }

        var saved = _extras!.Headers = [];
        foreach (var header in _request.Headers.NonValidated)
        {
            saved.Add(new KeyValuePair<string, IEnumerable<string>>(header.Key, [.. header.Value]));
        }
    }

    private void ApplyHeaders(CompiledHeaderOperations? operations)
    {
        if (operations is null)
        {
            return;
        }

        SaveHeaders();
        operations.Apply(_request.Headers, _request.Content?.Headers);
        if (operations.Authority is { } authority)
        {
            _request.Headers.Host = authority;
        }
    }

    /// <summary>A retry says so, as Istio's proxies do; gRPC servers are told in their own way.</summary>
    private void MarkRetry()
    {
        SaveHeaders();
        _request.Headers.Remove("x-envoy-attempt-count");
        _request.Headers.TryAddWithoutValidation("x-envoy-attempt-count", _attempts.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (IsGrpc)
        {
            _request.Headers.Remove("grpc-previous-rpc-attempts");
            _request.Headers.TryAddWithoutValidation("grpc-previous-rpc-attempts", (_attempts - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private void AddCookies(System.Net.CookieContainer cookies)
    {
        if (cookies.Count == 0)
        {
            return;
        }

        var header = cookies.GetCookieHeader(_request.RequestUri!);
        if (header.Length > 0)
        {
            SaveHeaders();
            _request.Headers.TryAddWithoutValidation("Cookie", header);
        }
    }

    private void Restore(CallExtras extras)
    {
        if (extras.Headers is { } headers)
        {
            _request.Headers.Clear();
            foreach (var (name, values) in headers)
            {
                _request.Headers.TryAddWithoutValidation(name, values);
            }
        }

        if (extras.IsTargetChanged)
        {
            _request.RequestUri = extras.Uri;
            _request.Headers.Host = extras.Host;
        }

        if (extras.IsVersionChanged)
        {
            _request.Version = extras.Version!;
            _request.VersionPolicy = extras.VersionPolicy;
        }

        if (extras.IsContentChanged)
        {
            _request.Content = extras.Content;
        }
    }
}
