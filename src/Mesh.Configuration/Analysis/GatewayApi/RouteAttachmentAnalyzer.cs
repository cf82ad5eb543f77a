using System.Globalization;
using Mesh.Configuration.GatewayApi;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Lowering;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1020, MESH1021: is every route of Gateway API attached where it says, and does each of its references lead somewhere? Both are
/// conditions in the status of a route, which nobody looks at before requests fail.
/// </summary>
internal sealed class RouteAttachmentAnalyzer : IAnalyzer
{
    public string Name => "mesh.RouteAttachment";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.RouteNotAttached, MeshMessages.ReferenceNotResolved];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        if (input.OfKind(DocumentKind.HttpRoute).Count + input.OfKind(DocumentKind.GrpcRoute).Count == 0)
        {
            return;
        }

        var documents = input.Documents.Where(static d => d.Spec is not null && d.Name.Length > 0).Select(Convert).ToArray();
        var registry = RegistryBuilder.Build(DocumentSet.Of(documents), Workload.Default, MeshConfigSpec.Default);
        foreach (var attachment in AttachmentTable.Build(GatewayDocuments.Of(documents), registry).Routes)
        {
            var route = attachment.Route;
            var kind = route.Kind == RouteKind.GRPCRoute ? DocumentKind.GrpcRoute : DocumentKind.HttpRoute;
            if (input.Find(kind, route.Namespace, route.Name) is { } document)
            {
                Report(attachment, document, input, report);
            }
        }
    }

    private static void Report(RouteAttachment attachment, AnalysisDocument document, AnalysisInput input, AnalysisReport report)
    {
        foreach (var parent in attachment.Parents)
        {
            if (!parent.IsAccepted && (parent.Exists || Shows(input, parent.Target)))
            {
                var path = parent.Index < 0 ? "spec.useDefaultGateways" : string.Create(CultureInfo.InvariantCulture, $"spec.parentRefs[{parent.Index}]");
                report.Add(MeshMessages.RouteNotAttached, document, path, $"{parent.Reason}: {parent.Message}");
            }
        }

        foreach (var reference in attachment.Parents.SelectMany(static p => p.Unresolved).Distinct())
        {
            if (reference.Reason != BackendResolver.BackendNotFound || Shows(input, ParentTarget.Service))
            {
                report.Add(MeshMessages.ReferenceNotResolved, document, reference.Path, $"{reference.Reason}: {reference.Message}");
            }
        }
    }

    // What is not among the documents may be kept elsewhere, unless others of its kind are here.
    private static bool Shows(AnalysisInput input, ParentTarget target) => target switch
    {
        ParentTarget.Gateway or ParentTarget.ListenerSet => input.IsWhole || input.OfKind(DocumentKind.KubernetesGateway).Count > 0,
        ParentTarget.Service => input.ShowsServices,
        _ => true,
    };

    private static ConfigDocument Convert(AnalysisDocument document) => new()
    {
        ApiVersion = document.Kind.Group.Length == 0 ? "v1" : document.Kind.Group + "/v1",
        Kind = document.Kind.Kind,
        Metadata = new ObjectMetadata { Name = document.Name, Namespace = document.Namespace, Labels = document.Labels, Annotations = document.Annotations },
        Spec = document.Spec!,
        Origin = new ConfigOrigin(document.Kind.Kind, document.Namespace, document.Name, document.Position.Source, document.Position.Line),
        Position = document.Position,
        SourceName = document.Position.Source ?? "",
        Positions = document.PositionOf,
    };
}
