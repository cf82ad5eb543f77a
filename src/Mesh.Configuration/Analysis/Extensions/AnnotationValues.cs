using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Mesh.Configuration.Analysis;

/// <summary>Checks the values of annotations. Source: the checks of Istio's injector.</summary>
internal static partial class AnnotationValues
{
    /// <summary>What is wrong with a value; null when it is one the annotation may have, or when any may.</summary>
    public static string? Check(string name, string value) => name switch
    {
        "sidecar.istio.io/interceptionMode" => value is "REDIRECT" or "TPROXY" or "NONE" ? null : "must be REDIRECT, TPROXY or NONE",
        "status.sidecar.istio.io/port" => IsPort(value) ? null : "must be a port",
        "readiness.status.sidecar.istio.io/initialDelaySeconds" or "readiness.status.sidecar.istio.io/periodSeconds" or "readiness.status.sidecar.istio.io/failureThreshold" =>
            uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "must be a whole number",
        "traffic.sidecar.istio.io/includeOutboundIPRanges" => value == "*" || AreNetworks(value) ? null : "must be '*' or networks such as 10.0.0.0/8",
        "traffic.sidecar.istio.io/excludeOutboundIPRanges" => AreNetworks(value) ? null : "must be networks such as 10.0.0.0/8",
        "traffic.sidecar.istio.io/includeInboundPorts" => value == "*" || ArePorts(value) ? null : "must be '*' or ports",
        "traffic.sidecar.istio.io/excludeInboundPorts" or "traffic.sidecar.istio.io/excludeOutboundPorts" => ArePorts(value) ? null : "must be ports",
        "prometheus.istio.io/merge-metrics" => value is "1" or "t" or "T" or "true" or "TRUE" or "True" or "0" or "f" or "F" or "false" or "FALSE" or "False" ? null : "must be true or false",
        "sidecar.istio.io/proxyCPU" or "sidecar.istio.io/proxyCPULimit" or "sidecar.istio.io/proxyMemory" or "sidecar.istio.io/proxyMemoryLimit" =>
            Quantity().IsMatch(value) ? null : "must be a quantity such as 100m or 128Mi",
        _ => null,
    };

    private static bool IsPort(string text) => ushort.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool ArePorts(string text) => text.AsSpan().Trim().IsEmpty || text.Split(',').All(IsPort);

    // Bits below the prefix may be set, which IPNetwork alone would refuse.
    private static bool AreNetworks(string text) => text.Length == 0 || text.Split(',').All(static network =>
    {
        var slash = network.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IPAddress.TryParse(network.AsSpan(0, slash), out var address)
            && int.TryParse(network.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
    });

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();
}
