using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio checks of a mesh's <c>defaultConfig</c>. Source: Istio's ValidateMeshConfigProxyConfig.</summary>
internal static class MeshProxyValidator
{
    private const string HostIp = "$(HOST_IP)";
    private const string OldAutoAllocation = "ISTIO_META_DNS_AUTO_ALLOCATE";

    public static void Validate(MeshField proxy)
    {
        proxy["configPath"].CheckText(static text => text.Length > 0 ? null : "config path must be set");
        proxy["binaryPath"].CheckText(static text => text.Length > 0 ? null : "binary path must be set");
        if (!proxy["tracingServiceName"].IsWritten)
        {
            proxy["serviceCluster"].CheckText(static text => text.Length > 0 ? null : "service cluster or tracing service name must be specified");
        }

        Drain(proxy["drainDuration"]);
        proxy["discoveryAddress"].CheckText(static text => text.Length > 0 ? HostPort.Check(text) : "discovery address must be set to the proxy discovery service");
        Tracing(proxy["tracing"]);
        foreach (var address in (ReadOnlySpan<MeshField>)[
            proxy["statsdUdpAddress"], proxy["envoyMetricsServiceAddress"], proxy["envoyMetricsService"]["address"], proxy["envoyAccessLogService"]["address"]])
        {
            address.CheckText(static text => text.Length > 0 ? HostPort.Check(text) : null);
        }

        if (proxy["proxyMetadata"][OldAutoAllocation] is { IsWritten: true } old)
        {
            old.At.Warning($"'{OldAutoAllocation}' is deprecated; addresses are allocated without it, so remove it");
        }

        proxy["proxyAdminPort"].CheckPort();
        proxy["controlPlaneAuthPolicy"].CheckText(CheckAuthPolicy);
        proxy["statusPort"].CheckPort();
        KeyProvider(proxy["privateKeyProvider"]);
    }

    /// <summary>Null for a policy between proxies and control plane, by word or number, else what is wrong.</summary>
    public static string? CheckAuthPolicy(string policy) =>
        policy is "" or "NONE" or "0" or "MUTUAL_TLS" or "1" ? null : $"unrecognized control plane auth policy '{policy}'; use NONE or MUTUAL_TLS";

    private static void Drain(MeshField drain)
    {
        if (!drain.Counts)
        {
            return;
        }

        drain.At.PositiveDuration(drain.Duration);
        if (drain.Duration.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            drain.At.Error("drain time only supports durations to seconds precision; write whole seconds");
        }
    }

    // A tracer that is written is the whole of it: nothing of the default one is left.
    private static void Tracing(MeshField tracing)
    {
        if (tracing["lightstep"] is { IsWritten: true } lightstep)
        {
            lightstep["address"].At.ErrorIf(HostPort.Check(lightstep["address"].Text));
            lightstep["accessToken"].At.ErrorIf(lightstep["accessToken"].Text.Length > 0 ? null : "access token is required");
        }

        foreach (var tracer in (ReadOnlySpan<MeshField>)[tracing["zipkin"], tracing["datadog"]])
        {
            if (tracer.IsWritten)
            {
                tracer["address"].At.ErrorIf(HostPort.Check(AnyHost(tracer["address"].Text)));
            }
        }

        if (tracing["tlsSettings"].Node is { } tls)
        {
            var spec = DestinationRuleReader.ReadTls(new ObjectReader("", tls, new ProblemSink()));
            TrafficPolicyValidator.Tls(tracing["tlsSettings"].At, spec);
        }
    }

    // The address of the machine is filled in when the proxy starts.
    private static string AnyHost(string address)
    {
        var at = address.IndexOf(HostIp, StringComparison.Ordinal);
        return at < 0 ? address : $"{address[..at]}127.0.0.1{address[(at + HostIp.Length)..]}";
    }

    private static void KeyProvider(MeshField provider)
    {
        if (!provider.IsWritten)
        {
            return;
        }

        var kind = provider["cryptomb"].IsWritten ? provider["cryptomb"] : provider["qat"];
        if (!kind.IsWritten)
        {
            provider.At.Error("private key provider configuration is required; add cryptomb or qat");
        }
        else if (kind["pollDelay"].Duration == TimeSpan.Zero)
        {
            kind["pollDelay"].At.Error(kind["pollDelay"].IsWritten ? "pollDelay must be non zero" : "pollDelay is required");
        }
    }
}
