using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What machines outside of a cluster have in common. Source: Istio networking WorkloadGroup.</summary>
internal sealed record WorkloadGroupSpec
{
    /// <summary>Labels every workload of the group gets.</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Annotations every workload of the group gets.</summary>
    public ModelMap<string> Annotations { get; init; } = ModelMap<string>.Empty;

    /// <summary>What the WorkloadEntries are made from; null: missing.</summary>
    public WorkloadEntrySpec? Template { get; init; }

    public ReadinessProbeSpec? Probe { get; init; }
}

/// <summary>How it is found out that a workload is ready; one of the four ways is set. Source: Istio ReadinessProbe.</summary>
internal sealed record ReadinessProbeSpec
{
    public int? InitialDelaySeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? PeriodSeconds { get; init; }

    public int? SuccessThreshold { get; init; }

    public int? FailureThreshold { get; init; }

    public HTTPProbeSpec? HttpGet { get; init; }

    /// <summary>Port that takes a connection.</summary>
    public ProbePort? TcpSocket { get; init; }

    /// <summary>Port that answers a gRPC health check.</summary>
    public ProbePort? Grpc { get; init; }

    /// <summary>Command that ends with 0; null: none.</summary>
    public ModelList<string>? Exec { get; init; }
}

/// <summary>A request that is answered. Source: Istio HTTPHealthCheckConfig.</summary>
internal sealed record HTTPProbeSpec
{
    public string? Path { get; init; }

    public int Port { get; init; }

    public string? Host { get; init; }

    /// <summary>HTTP (default) or HTTPS.</summary>
    public string? Scheme { get; init; }

    /// <summary>Names of the headers that are sent.</summary>
    public ModelList<string> HeaderNames { get; init; } = [];
}

/// <summary>A port to probe, with the host or service that goes with it.</summary>
internal sealed record ProbePort(int Port, string? Name);

/// <summary>Reads a WorkloadGroup.</summary>
internal static class WorkloadGroupReader
{
    public static WorkloadGroupSpec Read(ObjectReader reader)
    {
        var metadata = reader.Object("metadata", static r => new WorkloadGroupSpec { Labels = r.StringMap("labels"), Annotations = r.StringMap("annotations") });
        return (metadata ?? new WorkloadGroupSpec()) with
        {
            Template = reader.Object("template", WorkloadEntryReader.Read),
            Probe = reader.Object("probe", ReadProbe),
        };
    }

    private static ReadinessProbeSpec ReadProbe(ObjectReader reader)
    {
        reader.OneOf("httpGet", "tcpSocket", "exec", "grpc");
        return new ReadinessProbeSpec
        {
            InitialDelaySeconds = reader.Int32("initialDelaySeconds"),
            TimeoutSeconds = reader.Int32("timeoutSeconds"),
            PeriodSeconds = reader.Int32("periodSeconds"),
            SuccessThreshold = reader.Int32("successThreshold"),
            FailureThreshold = reader.Int32("failureThreshold"),
            HttpGet = reader.Object("httpGet", static r => new HTTPProbeSpec
            {
                Path = r.Text("path"),
                Port = r.Int32("port") ?? 0,
                Host = r.Text("host"),
                Scheme = r.Text("scheme"),
                HeaderNames = r.List("httpHeaders", static h =>
                {
                    h.Ignore("value");
                    return h.String("name") ?? "";
                }),
            }),
            TcpSocket = reader.Object("tcpSocket", static r => new ProbePort(r.Int32("port") ?? 0, r.Text("host"))),
            Grpc = reader.Object("grpc", static r => new ProbePort(r.Int32("port") ?? 0, r.Text("service"))),
            Exec = reader.Object("exec", static r => r.Strings("command")),
        };
    }
}
