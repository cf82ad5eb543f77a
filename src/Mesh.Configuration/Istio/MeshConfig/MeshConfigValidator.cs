using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;

namespace Mesh.Configuration.Istio;

/// <summary>
/// What Istio checks of a MeshConfig, the document of the mesh as a whole, which is no Kubernetes object. Fields that are not written have
/// their defaults and are right. Source: Istio's ValidateMeshConfig and ValidateMeshConfigProxyConfig.
/// </summary>
internal static class MeshConfigValidator
{
    private static readonly TimeSpan s_longestConnectTimeout = TimeSpan.FromHours(1);

    /// <summary>Checks the root mapping of a MeshConfig.</summary>
    public static void Validate(ConfigNode mesh, ProblemSink problems)
    {
        var at = new SchemaScope(problems, "", mesh.Position);
        Port(at, mesh, "proxyListenPort");
        Text(at, mesh, "connectTimeout", CheckConnectTimeout);
        Text(at, mesh, "protocolDetectionTimeout", static text => CheckDuration(text, allowZero: true));
        Text(at, mesh, "trustDomain", DnsName.CheckTrustDomain);
        Texts(at, mesh, "trustDomainAliases", DnsName.CheckTrustDomain);
        if (mesh.Field("meshMTLS")?.Has("ecdhCurves") is true)
        {
            at.Field("meshMTLS", mesh.Position).Error("mesh TLS does not support ECDH curves configuration; move it to tlsDefaults");
        }

        var settings = mesh.Field("serviceSettings")?.Items ?? [];
        for (var i = 0; i < settings.Count; i++)
        {
            Texts(at.Field("serviceSettings", mesh.Position).Item(i, settings[i].Position), settings[i], "hosts", DnsName.CheckWildcardHost);
        }

        if (mesh.Field("defaultConfig") is { } proxy)
        {
            Proxy(at.Field("defaultConfig", proxy.Position), proxy);
        }
    }

    /// <summary>Null for a policy between proxies and control plane, else what is wrong.</summary>
    public static string? CheckAuthPolicy(string policy) =>
        policy is "NONE" or "MUTUAL_TLS" ? null : $"unrecognized control plane auth policy '{policy}'; use NONE or MUTUAL_TLS";

    private static void Proxy(SchemaScope at, ConfigNode proxy)
    {
        foreach (var name in (ReadOnlySpan<string>)["discoveryAddress", "statsdUdpAddress", "envoyMetricsServiceAddress", "zipkinAddress"])
        {
            Text(at, proxy, name, HostPort.Check);
        }

        foreach (var name in (ReadOnlySpan<string>)["envoyMetricsService", "envoyAccessLogService"])
        {
            if (proxy.Field(name) is { } service)
            {
                Text(at.Field(name, service.Position), service, "address", static text => text.Length == 0 ? null : HostPort.Check(text));
            }
        }

        if (proxy.Field("tracing") is { } tracing)
        {
            foreach (var name in (ReadOnlySpan<string>)["zipkin", "lightstep", "datadog"])
            {
                if (tracing.Field(name) is { } collector)
                {
                    Text(at.Field("tracing", tracing.Position).Field(name, collector.Position), collector, "address", static text => HostPort.Check(text.Replace("$(HOST_IP)", "127.0.0.1", StringComparison.Ordinal)));
                }
            }
        }

        Text(at, proxy, "drainDuration", CheckDrainDuration);
        Text(at, proxy, "controlPlaneAuthPolicy", CheckAuthPolicy);
        Port(at, proxy, "proxyAdminPort");
        Port(at, proxy, "statusPort");
    }

    private static string? CheckConnectTimeout(string text) =>
        CheckDuration(text, allowZero: false) ?? (DurationText.TryParse(text, out var timeout) && timeout > s_longestConnectTimeout ? $"{text} is longer than 1h" : null);

    private static string? CheckDrainDuration(string text) =>
        CheckDuration(text, allowZero: false) ?? (DurationText.TryParse(text, out var drain) && drain.Ticks % TimeSpan.TicksPerSecond != 0 ? "drain time only supports durations to seconds precision" : null);

    private static string? CheckDuration(string text, bool allowZero)
    {
        if (!DurationText.TryParse(text, out var duration))
        {
            return $"'{text}' is not a duration; {DurationText.Remedy}";
        }

        return duration.Ticks == 0 && !allowZero ? "duration must be at least 1ms" : duration.Ticks % TimeSpan.TicksPerMillisecond != 0 ? "only durations to ms precision are supported" : null;
    }

    private static void Port(SchemaScope at, ConfigNode node, string name)
    {
        if (node.Field(name) is { } value && !(ScalarText.TryInteger(value.Scalar ?? "", out var port) && port is > 0 and <= 65535))
        {
            at.Field(name, value.Position).Error($"{value.Describe()} is not a port; ports lie between 1 and 65535");
        }
    }

    private static void Text(SchemaScope at, ConfigNode node, string name, Func<string, string?> check)
    {
        if (node.Field(name) is { Kind: ConfigNodeKind.Scalar } value && check(value.Scalar!) is { } problem)
        {
            at.Field(name, value.Position).Error(problem);
        }
    }

    private static void Texts(SchemaScope at, ConfigNode node, string name, Func<string, string?> check)
    {
        var items = node.Field(name)?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (check(items[i].Scalar ?? "") is { } problem)
            {
                at.Field(name, node.Position).Item(i, items[i].Position).Error(problem);
            }
        }
    }
}
