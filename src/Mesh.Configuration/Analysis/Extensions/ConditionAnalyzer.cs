namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does the status of an object, as a cluster wrote it, say that it was not accepted? Source: Istio conditions.ConditionAnalyzer.
/// </summary>
internal sealed class ConditionAnalyzer : IAnalyzer
{
    private static readonly string[] s_gatewayApi = ["Accepted", "Programmed", "ResolvedRefs"];

    private static readonly (DocumentKind Kind, string[] Conditions)[] s_kinds =
    [
        (DocumentKind.Service, ["istio.io/WaypointBound"]),
        (DocumentKind.ServiceEntry, ["istio.io/WaypointBound"]),
        (DocumentKind.AuthorizationPolicy, ["ZtunnelAccepted", "WaypointAccepted"]),
        (DocumentKind.KubernetesGateway, s_gatewayApi),
        (DocumentKind.HttpRoute, s_gatewayApi),
        (DocumentKind.GrpcRoute, s_gatewayApi),
    ];

    public string Name => "conditions.ConditionAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.NegativeConditionStatus];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var (kind, types) in s_kinds)
        {
            foreach (var document in input.OfKind(kind))
            {
                // Routes have a status for each of their parents.
                var status = document.Part("status");
                foreach (var condition in status.List("conditions").Concat(status.List("parents").SelectMany(static p => p.List("conditions"))))
                {
                    var type = condition.Text("type") ?? "";
                    var reason = condition.Text("reason") ?? "";
                    var partly = kind == DocumentKind.AuthorizationPolicy && type == "WaypointAccepted" && reason == "PartiallyInvalid";
                    if (partly || (types.Contains(type) && condition.Text("status") == "False"))
                    {
                        report.Add(IstioMessages.NegativeConditionStatus, document, "status", $"the cluster says {type}={condition.Text("status")}, {reason}: {condition.Text("message")}");
                    }
                }
            }
        }
    }
}
