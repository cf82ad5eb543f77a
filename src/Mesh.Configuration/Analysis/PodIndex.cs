using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>A pod, or the template of many.</summary>
/// <param name="Document">The Pod, or what makes pods.</param>
/// <param name="Labels">Labels of the pod, with those of the topology that its node lends it.</param>
/// <param name="Annotations">Annotations of the pod.</param>
/// <param name="Spec">The pod's spec; null when it is not written.</param>
/// <param name="Replicas">How many there are; null when that is decided elsewhere.</param>
internal sealed record PodView(AnalysisDocument Document, ModelMap<string> Labels, ModelMap<string> Annotations, ConfigNode? Spec, int? Replicas)
{
    public string Namespace => Document.Namespace;

    /// <summary>True when a proxy of Istio runs in the pod.</summary>
    public bool HasProxy => Containers.Any(static c => c.Text("name") == "istio-proxy" && c.Text("image") is { Length: > 0 });

    public IEnumerable<ConfigNode> Containers => Spec.List("containers").Concat(Spec.List("initContainers"));

    public bool Matches(ModelMap<string> selector) => WorkloadSelectorSpec.LabelsMatch(selector, Labels);
}

/// <summary>The pods that exist as documents, and those that Deployments and the like make.</summary>
internal sealed class PodIndex
{
    private const string Region = "topology.kubernetes.io/region";
    private const string Zone = "topology.kubernetes.io/zone";
    private const string SubZone = "topology.istio.io/subzone";
    private const string HostName = "kubernetes.io/hostname";

    private PodIndex(IReadOnlyList<PodView> all) => (All, HasAny) = (all, all.Any(static p => !p.Document.IsAssumed));

    public IReadOnlyList<PodView> All { get; }

    /// <summary>False when only assumed pods are known: then nothing can be said about what a selector finds.</summary>
    public bool HasAny { get; }

    public IEnumerable<PodView> InNamespace(string @namespace) => All.Where(p => p.Namespace == @namespace);

    public static PodIndex Build(AnalysisInput input)
    {
        var pods = new List<PodView>();
        foreach (var document in input.Documents)
        {
            if (document.Kind == DocumentKind.Pod)
            {
                var labels = WithTopology(document.Labels, document.Part("spec").Text("nodeName"), input);
                pods.Add(new(document, labels, document.Annotations, document.Part("spec"), 1));
            }
            else if (Template(document) is { } template)
            {
                pods.Add(new(document, template.Map("metadata", "labels"), template.Map("metadata", "annotations"), template.At("spec"), Replicas(document)));
            }
        }

        return new(pods);
    }

    private static ConfigNode? Template(AnalysisDocument document) => document.Kind switch
    {
        { Group: "apps", Kind: "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" } or { Group: "batch", Kind: "Job" }
            or { Group: "", Kind: "ReplicationController" } => document.Part("spec", "template"),
        { Group: "batch", Kind: "CronJob" } => document.Part("spec", "jobTemplate", "spec", "template"),
        _ => null,
    };

    private static int? Replicas(AnalysisDocument document) =>
        document.Kind.Kind == "DaemonSet" ? null
        : document.Part("spec", "replicas")?.Scalar is not { } text ? 1
        : ScalarText.TryInteger(text, out var number) ? (int)Math.Clamp(number, 0, int.MaxValue) : null;

    // What Istio's registry adds to the labels of an endpoint; labels without a value say nothing.
    private static ModelMap<string> WithTopology(ModelMap<string> labels, string? nodeName, AnalysisInput input)
    {
        if (nodeName is null || input.Find(DocumentKind.Node, nodeName) is not { } node)
        {
            return labels;
        }

        var all = labels.ToDictionary(static l => l.Key, static l => l.Value, StringComparer.Ordinal);
        foreach (var name in (ReadOnlySpan<string>)[Region, Zone, SubZone])
        {
            if (node.Labels.TryGetValue(name, out var value) && value.Length > 0)
            {
                all[name] = value;
            }
        }

        all[HostName] = nodeName;
        return all.ToModelMap();
    }
}
