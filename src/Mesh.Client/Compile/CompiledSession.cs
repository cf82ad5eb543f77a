using System.Globalization;
using System.Text;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// How a rule keeps the requests of a session together. Every rule has a number of its own, written into each session, so that two rules
/// never share one even when they name the same cookie. Source: GATEWAY_API §9 (GEP-1619).
/// </summary>
internal sealed class CompiledSession
{
    public CompiledSession(SessionPersistence policy, RouteRule? rule, string route)
    {
        Policy = policy;
        RuleId = Fingerprint($"{rule?.Origin?.Kind}/{rule?.Origin?.Namespace}/{rule?.Origin?.Name}/{rule?.Index}/{route}");
        Name = policy.Name ?? (policy.UsesHeader ? "mesh-session" : "mesh-session-" + RuleId.ToString("x8", CultureInfo.InvariantCulture));
    }

    public SessionPersistence Policy { get; }

    /// <summary>Name of the cookie or header.</summary>
    public string Name { get; }

    public uint RuleId { get; }

    /// <summary>FNV-1a: short, the same in every process of a deployment, and good enough to tell a handful of rules or clusters apart.</summary>
    public static uint Fingerprint(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash;
    }
}
