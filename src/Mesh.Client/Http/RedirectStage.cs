using System.Net;

namespace Mesh.Client.Http;

/// <summary>
/// Follows redirects above routing, for clients that want them followed: a Location may name another service, which a pinned handler would have sent to the
/// same server. Source: RFC 9110 §15.4 and the behaviour of SocketsHttpHandler (methods, no https to http, credentials dropped).
/// </summary>
internal static class RedirectStage
{
    /// <summary>Where an answer points to; null when it is no redirect to follow.</summary>
    public static Uri? Target(Uri requestUri, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is < 300 or > 308 || response.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.MultipleChoices or HttpStatusCode.PermanentRedirect))
        {
            return null;
        }

        if (response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = location.IsAbsoluteUri ? location : new Uri(requestUri, location);
        if (target.Fragment.Length == 0 && requestUri.Fragment.Length > 0)
        {
            target = new UriBuilder(target) { Fragment = requestUri.Fragment }.Uri;
        }

        // Never from a secure connection to an insecure one.
        return requestUri.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps ? null : target;
    }

    /// <summary>Turns the request into the one that follows.</summary>
    public static void Follow(HttpRequestMessage request, Uri target, HttpStatusCode status)
    {
        var toGet = status switch
        {
            HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.MultipleChoices => request.Method == HttpMethod.Post,
            HttpStatusCode.SeeOther => request.Method != HttpMethod.Get && request.Method != HttpMethod.Head,
            _ => false,
        };

        if (toGet)
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
            if (request.Headers.TransferEncodingChunked == true)
            {
                request.Headers.TransferEncodingChunked = false;
            }
        }

        request.Headers.Authorization = null;
        request.Headers.Host = null;
        request.RequestUri = target;
    }
}
