namespace Mesh.Configuration.Analysis;

/// <summary>
/// Whether a pod takes part in the mesh. In a folder that nowhere speaks of sidecars the mesh is in the processes, and every pod may;
/// once one is injected anywhere, Istio's rules say which pods have one: the container, then the label or annotation, then the namespace.
/// </summary>
internal sealed class MeshMembership
{
    private const string Inject = "sidecar.istio.io/inject";
    private const string Injection = "istio-injection";
    private readonly AnalysisInput _input;
    private readonly bool _usesSidecars;

    public MeshMembership(AnalysisInput input)
    {
        _input = input;
        _usesSidecars = input.Pods.All.Any(static p => p.HasProxy || Says(p) is not null)
            || input.OfKind(DocumentKind.Namespace).Any(static n => n.Labels.TryGetValue(Injection, out _) || n.Labels.TryGetValue("istio.io/rev", out _));
    }

    public bool Includes(PodView pod) => !_usesSidecars || pod.HasProxy || (Says(pod) ?? InNamespace(pod.Namespace));

    private static bool? Says(PodView pod) =>
        pod.Labels.TryGetValue(Inject, out var value) || pod.Annotations.TryGetValue(Inject, out value) ? value == "true" : null;

    private bool InNamespace(string name) =>
        _input.Find(DocumentKind.Namespace, name) is { } @namespace && @namespace.Labels.TryGetValue(Injection, out var value) && value == "enabled";
}
