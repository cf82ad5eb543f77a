using System.Net;
using System.Net.Http.Headers;
using Mesh.Client.Compile;
using Mesh.Model;

namespace Mesh.Client.Http;

/// <summary>Answers of routes that do not forward. Source: ISTIO HTTPRedirect, HTTPDirectResponse; ENVOY §20 Redirect.</summary>
internal static class RedirectReply
{
    public static HttpResponseMessage Create(HttpRequestMessage request, RedirectAction redirect, CompiledStringMatch? matched) =>
        new((HttpStatusCode)redirect.StatusCode)
        {
            RequestMessage = request,
            Version = request.Version,
            Content = new ByteArrayContent([]),
            Headers = { Location = new Uri(Location(request, redirect, matched), UriKind.Absolute) },
        };

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
        var authority = request.Headers.Host ?? uri.Authority;
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        var host = redirect.Authority ?? (hasPort ? authority[..colon] : authority);
        var scheme = redirect.Scheme ?? uri.Scheme;

        // A changed host or scheme drops the request's port unless the rule asks for it (Istio derivePort FROM_PROTOCOL_DEFAULT).
        var port = redirect.Port
            ?? (redirect.DerivePortFromRequest ? uri.Port : redirect.Scheme is null && redirect.Authority is null && hasPort ? uri.Port : -1);
        var shown = port < 0 || (port == 80 && scheme == "http") || (port == 443 && scheme == "https") || redirect.Authority?.LastIndexOf(':') > 0 ? "" : $":{port}";
        var path = redirect.Path ?? (redirect.PrefixRewrite is { } prefix ? CompiledRewrite.ReplaceMatched(uri.AbsolutePath, matched, prefix) : uri.AbsolutePath);
        var query = path.Contains('?', StringComparison.Ordinal) ? "" : uri.Query;
        return $"{scheme}://{host}{shown}{path}{query}";
    }
}
