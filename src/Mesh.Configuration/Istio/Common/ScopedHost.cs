using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Hosts that Gateways expose and Sidecars import: <c>[namespace/]host</c>. Source: Istio's ValidateNamespaceSlashWildcardHostname.</summary>
internal static class ScopedHost
{
    /// <summary>A host of a Gateway; the namespace may be left out, and <c>~</c> only stands in what was made of a Gateway API document.</summary>
    public static void ExposedHost(this FieldScope at, string host, bool allowNone)
    {
        var slash = host.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            Namespace(at, host, host[..slash], allowNone);
        }

        Host(at, host[(slash + 1)..], allowAddress: true);
    }

    /// <summary>A host of a Sidecar. A leading <c>~</c> excludes: a namespace (<c>~ns/*</c>), a host (<c>~/host</c>), everything (<c>~/*</c>).</summary>
    public static void ImportedHost(this FieldScope at, string host)
    {
        var slash = host.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == host.Length - 1)
        {
            at.Error($"'{host}' is not namespace/host; write './*' for the own namespace or '*/host'");
            return;
        }

        var @namespace = host[0] == '~' && slash > 1 ? host[1..slash] : host[..slash];
        Namespace(at, host, @namespace, allowNone: true);
        Host(at, host[(slash + 1)..], allowAddress: false);
    }

    private static void Namespace(FieldScope at, string host, string @namespace, bool allowNone)
    {
        if (@namespace is not ("*" or ".") && (@namespace != "~" || !allowNone) && !DnsName.IsLabel(@namespace))
        {
            at.Error($"'{host}': invalid namespace value '{@namespace}'; write '.', '*' or the name of one");
        }
    }

    private static void Host(FieldScope at, string host, bool allowAddress)
    {
        if (host == "*" || (allowAddress && IpText.IsAddress(host)))
        {
            return;
        }

        if (!host.Contains('.'))
        {
            at.Error($"'{host}': short names (non FQDN) are not allowed; write the full name");
        }
        else if (host.Contains('*') && !host.StartsWith("*.", StringComparison.Ordinal))
        {
            at.Error($"'{host}': partial wildcard not allowed; write '*' or '*.example.com'");
        }
        else
        {
            at.ErrorIf(DnsName.CheckWildcardHost(host));
        }
    }
}
