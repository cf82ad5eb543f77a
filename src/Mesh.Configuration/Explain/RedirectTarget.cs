using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// Where a redirect points. What it does not say is taken from the request. A port that it names, or takes from the request, replaces the one of the host,
/// and is left out when it is the scheme's default; otherwise a host that is kept keeps its port, except the default one of a scheme that has changed.
/// Source: ENVOY §20 Redirect, ISTIO HTTPRedirect, GATEWAY_API §6.
/// </summary>
internal static class RedirectTarget
{
    public static ExplainedRedirect Of(RedirectAction redirect, RequestFacts request, PathMatch? matched)
    {
        var scheme = redirect.Scheme ?? request.Scheme;
        var path = redirect.Path ?? (redirect.PrefixRewrite is { } prefix ? PathRewrite.ReplaceMatched(request.Path, matched, prefix) : request.Path);
        var query = path.Contains('?', StringComparison.Ordinal) ? "" : request.Query;
        var origin = $"{scheme}://{Authority(redirect, request, scheme)}";

        // Path and query are sent in their canonical form, the authority as it was decided.
        return new ExplainedRedirect(redirect.StatusCode, Uri.TryCreate(origin + path + query, UriKind.Absolute, out var uri) ? origin + uri.PathAndQuery + uri.Fragment : origin + path + query);
    }

    /// <summary>The listener sends plain HTTP to https (Istio <c>tls.httpsRedirect</c>): the same host and path.</summary>
    public static ExplainedRedirect ToHttps(RequestFacts request) =>
        Of(new RedirectAction { Scheme = Uri.UriSchemeHttps }, request, null);

    private static string Authority(RedirectAction redirect, RequestFacts request, string scheme)
    {
        var (host, ownPort) = Split(redirect.Authority ?? request.Authority);
        if (redirect.Port is not null || redirect.DerivePortFromRequest)
        {
            // A caller that names no port has called the default one, whatever its Host header says.
            var port = redirect.Port ?? request.CalledPort;
            var keepsItsPort = redirect.Authority is null ? ownPort == Text(port) : ownPort.Length > 0;
            return keepsItsPort ? redirect.Authority ?? request.Authority : port <= 0 || port == DefaultPort(scheme) ? host : $"{host}:{Text(port)}";
        }

        var isOldDefault = scheme != request.Scheme && ownPort == Text(DefaultPort(request.Scheme));
        return redirect.Authority ?? (isOldDefault ? host : request.Authority);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int DefaultPort(string scheme) => scheme switch { "http" => 80, "https" => 443, _ => -1 };

    private static (string Host, string Port) Split(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? (authority[..colon], authority[(colon + 1)..]) : (authority, "");
    }
}
