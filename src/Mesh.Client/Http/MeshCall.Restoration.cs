using System.Diagnostics;
using Mesh.Client.Compile;

namespace Mesh.Client.Http;

/// <content>
/// Changes to the caller's message, and their undoing. The message belongs to the application: it may send it again, log it, or read it from
/// <see cref="HttpResponseMessage.RequestMessage"/>; after the call it looks as before.
/// </content>
internal sealed partial class MeshCall
{
    /// <summary>What the application wrote, whatever rewriting made of it: cookies belong to that.</summary>
    private Uri LogicalUri => _extras is { IsTargetChanged: true } extras ? extras.Uri! : _request.RequestUri!;

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
        if (_version is null)
        {
            _version = _request.Version;
            _versionPolicy = _request.VersionPolicy;
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

        if (_request.Content is { } content)
        {
            var ofContent = _extras.ContentHeaders = [];
            foreach (var header in content.Headers.NonValidated)
            {
                ofContent.Add(new KeyValuePair<string, IEnumerable<string>>(header.Key, [.. header.Value]));
            }
        }
    }

    private void ApplyHeaders(CompiledHeaderOperations? operations, bool mayChangeAuthority)
    {
        if (operations is null)
        {
            return;
        }

        SaveHeaders();
        operations.Apply(_request.Headers, _request.Content?.Headers);
        if (mayChangeAuthority && operations.Authority is { } authority)
        {
            SetTarget(_request.RequestUri!, authority);
        }
    }

    /// <summary>A retry says so, as Istio's proxies do; gRPC servers are told in their own way.</summary>
    private void MarkRetry()
    {
        ForgetInjectedTrace();
        SaveHeaders();
        _request.Headers.Remove("x-envoy-attempt-count");
        _request.Headers.TryAddWithoutValidation("x-envoy-attempt-count", _attempts.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (IsGrpc)
        {
            _request.Headers.Remove("grpc-previous-rpc-attempts");
            _request.Headers.TryAddWithoutValidation("grpc-previous-rpc-attempts", (_attempts - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>.NET wrote the previous try's trace context into the message and leaves what it finds alone: without this every retry would claim to be the first try.</summary>
    private void ForgetInjectedTrace()
    {
        if (_hasOwnTrace || Activity.Current is null)
        {
            return;
        }

        foreach (var field in DistributedContextPropagator.Current.Fields)
        {
            _request.Headers.Remove(field);
        }
    }

    private void AddCookies(System.Net.CookieContainer cookies)
    {
        if (cookies.Count == 0)
        {
            return;
        }

        var header = cookies.GetCookieHeader(LogicalUri);
        if (header.Length > 0)
        {
            SaveHeaders();
            _request.Headers.TryAddWithoutValidation("Cookie", header);
        }
    }

    private void RestoreVersion()
    {
        if (_version is not null)
        {
            _request.Version = _version;
            _request.VersionPolicy = _versionPolicy;
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

        if (extras.IsContentChanged)
        {
            _request.Content = extras.Content;
        }

        // Also of a content that was replaced: rules edited its headers before that.
        if (extras.ContentHeaders is { } contentHeaders && _request.Content is { } content)
        {
            content.Headers.Clear();
            foreach (var (name, values) in contentHeaders)
            {
                content.Headers.TryAddWithoutValidation(name, values);
            }
        }
    }
}
