using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a WorkloadGroup by itself.</summary>
internal static class WorkloadGroupValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (WorkloadGroupSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.HasNoEffect("a WorkloadGroup sets up machines outside of a cluster; write a WorkloadEntry for each of them");
        if (spec.Template is null)
        {
            at["template"].Error("template is required; write 'template: {}' for the defaults");
        }

        at["metadata"]["labels"].Labels(spec.Labels);
        if (spec.Probe is not null)
        {
            Probe(at["probe"], spec.Probe);
        }
    }

    private static void Probe(FieldScope at, ReadinessProbeSpec probe)
    {
        at["initialDelaySeconds"].NotNegative(probe.InitialDelaySeconds);
        at["timeoutSeconds"].NotNegative(probe.TimeoutSeconds);
        at["periodSeconds"].NotNegative(probe.PeriodSeconds);
        at["successThreshold"].NotNegative(probe.SuccessThreshold);
        at["failureThreshold"].NotNegative(probe.FailureThreshold);
        if (probe.HttpGet is { } http)
        {
            at["httpGet"]["port"].Port(http.Port);
            if (http.Scheme is not (null or "HTTP" or "HTTPS"))
            {
                at["httpGet"]["scheme"].Error("httpGet.scheme must be one of HTTP, HTTPS");
            }

            for (var i = 0; i < http.HeaderNames.Count; i++)
            {
                at["httpGet"]["httpHeaders"][i]["name"].StrictHeaderName(http.HeaderNames[i]);
            }
        }
        else if (probe.TcpSocket is not null)
        {
            at["tcpSocket"]["port"].Port(probe.TcpSocket.Port);
        }
        else if (probe.Grpc is not null)
        {
            at["grpc"]["port"].Port(probe.Grpc.Port);
        }
        else if (probe.Exec is { } command)
        {
            if (command.Count == 0)
            {
                at["exec"]["command"].Error("exec.command is required; name the command");
            }
        }
        else
        {
            at.Error("no health check method; add httpGet, tcpSocket, grpc or exec");
        }
    }
}
