using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// Where a redirect points. What it does not say is taken from the request. The port is the one it names; else a changed host has none; else the request's
/// stays as its Host header writes it, less one that was the default of a scheme that has changed. The default port of the new scheme is not shown.
/// Source: ENVOY §20 Redirect, ISTIO HTTPRedirect, GATEWAY_API §6.
/// </summary>
internal static class RedirectTarget
{
    public static ExplainedRedirect Of(RedirectAction redirect, RequestFacts request, PathMatch? matched, int requestPort)
    {
        var scheme = redirect.Scheme ?? request.Scheme;
        var path = redirect.Path ?? (redirect.PrefixRewrite is { } prefix ? PathRewrite.ReplaceMatched(request.Path, matched, prefix) : request.Path);
        var query = path.Contains('?', StringComparison.Ordinal) ? "" : request.Query;
        var origin = $"{scheme}://{Authority(redirect, request, scheme, requestPort)}";

        // Path and query are sent in their canonical form, the authority as it was decided.
        return new ExplainedRedirect(redirect.StatusCode, Uri.TryCreate(origin + path + query, UriKind.Absolute, out var uri) ? origin + uri.PathAndQuery + uri.Fragment : origin + path + query);
    }

    /// <summary>The listener sends plain HTTP to https (Istio <c>tls.httpsRedirect</c>): the same host and path.</summary>
    public static ExplainedRedirect ToHttps(RequestFacts request) =>
        Of(new RedirectAction { Scheme = Uri.UriSchemeHttps }, request, null, request.Port);

    private static string Authority(RedirectAction redirect, RequestFacts request, string scheme, int requestPort)
    {
        var (requestHost, writtenPort) = Split(request.Authority);
        if (redirect.Port is not null || redirect.DerivePortFromRequest)
        {
            var port = redirect.Port ?? requestPort;
            var (host, ownPort) = redirect.Authority is { } authority ? Split(authority) : (requestHost, "");
            return ownPort.Length > 0 ? redirect.Authority!
                : redirect.Authority is null && writtenPort == port.ToString(CultureInfo.InvariantCulture) ? request.Authority
                : port <= 0 || port == DefaultPort(scheme) ? host
                : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        }

        if (redirect.Authority is not null)
        {
            return redirect.Authority;
        }

        var oldDefault = DefaultPort(request.Scheme).ToString(CultureInfo.InvariantCulture);
        return scheme != request.Scheme && writtenPort == oldDefault ? requestHost : request.Authority;
    }

    private static int DefaultPort(string scheme) => scheme switch { "http" => 80, "https" => 443, _ => -1 };

    private static (string Host, string Port) Split(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? (authority[..colon], authority[(colon + 1)..]) : (authority, "");
    }
}
