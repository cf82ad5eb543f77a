using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Mesh.Client.Compile;
using Mesh.Model;

namespace Mesh.Client.Http;

/// <summary>Answers of routes that do not forward. Source: ISTIO HTTPRedirect, HTTPDirectResponse; ENVOY §20 Redirect.</summary>
internal static class RedirectReply
{
    public static HttpResponseMessage Create(HttpRequestMessage request, RedirectAction redirect, CompiledStringMatch? matched)
    {
        var response = new HttpResponseMessage((HttpStatusCode)redirect.StatusCode) { RequestMessage = request, Version = request.Version, Content = new ByteArrayContent([]) };

        response.Headers.TryAddWithoutValidation("Location", Location(request, redirect, matched));
        return response;
    }

    public static HttpResponseMessage Direct(HttpRequestMessage request, DirectResponseAction direct)
    {
        var content = new ReadOnlyMemoryContent(direct.Body);
        if (!direct.Body.IsEmpty)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(direct.ContentType);
        }

        return new HttpResponseMessage((HttpStatusCode)direct.StatusCode) { RequestMessage = request, Version = request.Version, Content = content };
    }

    private static string Location(HttpRequestMessage request, RedirectAction redirect, CompiledStringMatch? matched)
    {
        var uri = request.RequestUri!;
        var scheme = redirect.Scheme ?? uri.Scheme;
        var path = redirect.Path ?? (redirect.PrefixRewrite is { } prefix ? CompiledRewrite.ReplaceMatched(uri.AbsolutePath, matched, prefix) : uri.AbsolutePath);
        var query = path.Contains('?', StringComparison.Ordinal) ? "" : uri.Query;
        var origin = $"{scheme}://{Authority(redirect, request.Headers.Host ?? uri.Authority, uri, scheme)}";

        // Path and query in their canonical form; the authority as it was decided, for a Uri drops the default port that the caller wrote.
        return Uri.TryCreate(origin + path + query, UriKind.Absolute, out var target) ? origin + target.PathAndQuery + target.Fragment : origin + path + query;
    }

    /// <summary>
    /// Host and port. A port that the rule names, or derives from the request, replaces the one of the host; the default port of the scheme is not
    /// added (nor taken from a host that is kept and has it). Without one a kept host keeps its port, except the default port of a scheme that has changed.
    /// </summary>
    private static string Authority(RedirectAction redirect, string requested, Uri uri, string scheme)
    {
        var (host, written) = Split(redirect.Authority ?? requested);
        if (redirect.Port is null && !redirect.DerivePortFromRequest)
        {
            return redirect.Authority ?? (scheme != uri.Scheme && written == DefaultPort(uri.Scheme) ? host : requested);
        }

        var port = redirect.Port ?? uri.Port;
        var number = port.ToString(CultureInfo.InvariantCulture);
        if (redirect.Authority is { } authority && written.Length > 0)
        {
            return authority;
        }

        return redirect.Authority is null && written == number ? requested
            : port <= 0 || number == DefaultPort(scheme) ? host
            : $"{host}:{number}";
    }

    private static string DefaultPort(string scheme) => scheme switch { "http" => "80", "https" => "443", _ => "" };

    private static (string Host, string Port) Split(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? (authority[..colon], authority[(colon + 1)..]) : (authority, "");
    }
}
