using Mesh.Model;

namespace Mesh.Configuration.Naming;

/// <summary>
/// The names under which a Kubernetes service is reached. Source: Istio's alternate virtual-host domains, which follow the DNS search list of a pod:
/// the bare name only works in the service's own namespace.
/// </summary>
internal static class ServiceAliases
{
    public static string FullName(string name, string @namespace, string domainSuffix) => $"{name}.{@namespace}.svc.{domainSuffix}";

    /// <summary>All names of a service as seen from a namespace, the full one first, in lower case.</summary>
    public static ModelList<string> Of(string name, string @namespace, string domainSuffix, string callerNamespace)
    {
        var full = FullName(name, @namespace, domainSuffix).ToLowerInvariant();
        var inNamespace = full[..(name.Length + 1 + @namespace.Length)];
        return string.Equals(@namespace, callerNamespace, StringComparison.Ordinal)
            ? [full, inNamespace + ".svc", inNamespace, full[..name.Length]]
            : [full, inNamespace + ".svc", inNamespace];
    }

    /// <summary>Takes <c>name.namespace.svc.suffix</c> apart; false for every other host.</summary>
    public static bool TrySplit(string host, string domainSuffix, out string name, out string @namespace)
    {
        (name, @namespace) = ("", "");
        var tail = $".svc.{domainSuffix}";
        if (HostName.IsWildcard(host) || !host.EndsWith(tail, StringComparison.Ordinal))
        {
            return false;
        }

        var head = host[..^tail.Length];
        var dot = head.LastIndexOf('.');
        if (dot <= 0 || dot == head.Length - 1)
        {
            return false;
        }

        (name, @namespace) = (head[..dot], head[(dot + 1)..]);
        return true;
    }
}
