using Mesh.Configuration.Kubernetes;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>MESH1007: is a service exported to nobody, or to namespaces that do not exist?</summary>
internal sealed class UnreachableHostAnalyzer : IAnalyzer
{
    public string Name => "mesh.UnreachableHost";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.UnreachableHost];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var entry in input.ServiceEntries)
        {
            Check(input, report, entry.Document, "spec.exportTo", entry.Spec.ExportTo, string.Join(", ", entry.Spec.Hosts));
        }

        foreach (var service in input.Services)
        {
            Check(input, report, service.Document, "metadata.annotations", ServiceLowering.ExportTo(service.Document.Annotations), service.Name);
        }
    }

    private static void Check(AnalysisInput input, AnalysisReport report, AnalysisDocument document, string path, ModelList<string> exportTo, string hosts)
    {
        if (exportTo.Count == 0)
        {
            return;
        }

        if (exportTo.All(static e => e == ExportScopes.Nowhere))
        {
            report.Add(MeshMessages.UnreachableHost, document, path, $"{hosts} is exported to nobody (~), so no caller can reach it; export it, or remove it");
            return;
        }

        var known = input.OfKind(DocumentKind.Namespace);
        if (input.ShowsNamespaces
            && exportTo.All(e => e is not ("." or "*") && e != document.Namespace && known.All(n => n.Name != e)))
        {
            report.Add(MeshMessages.UnreachableHost, document, path, $"{hosts} is exported to {string.Join(", ", exportTo)}, and there is no such namespace: no caller can reach it; correct the name");
        }
    }
}
