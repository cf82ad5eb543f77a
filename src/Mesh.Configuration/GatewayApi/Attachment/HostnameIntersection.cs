using Mesh.Configuration.Naming;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// What a route and a listener have in common. A listener without a host takes the route's own, a route without hosts takes the listener's;
/// <c>*.x</c> stands for one or more labels before <c>.x</c>; of two wildcards the narrower remains. Source: GATEWAY_API §2.
/// </summary>
internal static class HostnameIntersection
{
    /// <summary>Every host, of a listener and a route that both name none.</summary>
    public static ModelList<string> Every { get; } = ["*"];

    /// <summary>The common hosts; empty when there are none.</summary>
    public static ModelList<string> Of(string? listener, ModelList<string> route)
    {
        if (route.Count == 0)
        {
            return listener is { Length: > 0 } ? [listener.ToLowerInvariant()] : Every;
        }

        if (listener is not { Length: > 0 })
        {
            return route;
        }

        var own = listener.ToLowerInvariant();
        var common = new List<string>(route.Count);
        foreach (var host in route)
        {
            var both = HostName.IsWithin(host, own) ? host : HostName.IsWithin(own, host) ? own : null;
            if (both is not null && !common.Contains(both))
            {
                common.Add(both);
            }
        }

        return common.ToModelList();
    }

    /// <summary>True when some host is in both lists.</summary>
    public static bool Overlaps(ModelList<string> left, ModelList<string> right)
    {
        foreach (var a in left)
        {
            foreach (var b in right)
            {
                if (HostName.Overlaps(a, b))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
