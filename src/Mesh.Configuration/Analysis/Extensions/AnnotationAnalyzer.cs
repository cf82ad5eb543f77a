using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Analysis;

/// <summary>Are Istio's annotations known, on a kind they are for, and well formed? Source: Istio annotations.K8sAnalyzer.</summary>
internal sealed class AnnotationAnalyzer : IAnalyzer
{
    private const string Inject = "sidecar.istio.io/inject";

    public string Name => "annotations.K8sAnalyzer";

    public IReadOnlyList<MessageType> Reports =>
        [IstioMessages.MisplacedAnnotation, IstioMessages.UnknownAnnotation, IstioMessages.InvalidAnnotation, IstioMessages.DeprecatedAnnotation];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var kind in (ReadOnlySpan<DocumentKind>)[DocumentKind.Namespace, DocumentKind.Service, DocumentKind.Pod, DocumentKind.Deployment])
        {
            foreach (var document in input.OfKind(kind))
            {
                foreach (var (name, value) in document.Annotations)
                {
                    if (KnownAnnotations.IsIstios(name))
                    {
                        Check(report, document, name, value);
                    }
                }
            }
        }
    }

    private static void Check(AnalysisReport report, AnalysisDocument document, string name, string value)
    {
        var path = FieldPath.Combine("metadata.annotations", name);
        if (!KnownAnnotations.TryGet(name, out var known))
        {
            report.Add(IstioMessages.UnknownAnnotation, document, path, $"Istio knows no annotation '{name}'{NameSuggestion.Sentence(name, [.. KnownAnnotations.Names])}");
            return;
        }

        // Who has the label too knows that the annotation is old.
        if (known.IsDeprecated && !(name == Inject && document.Labels.TryGetValue(Inject, out _)))
        {
            report.Add(IstioMessages.DeprecatedAnnotation, document, path, $"'{name}' is deprecated{(name == Inject ? "; use the label of the same name" : "")}");
        }

        if (known.Kinds.Length > 0 && !known.Kinds.Contains(document.Kind.Kind))
        {
            var place = document.Kind == DocumentKind.Deployment && known.Kinds.Contains("Pod") ? "; put it under spec.template.metadata" : "";
            report.Add(IstioMessages.MisplacedAnnotation, document, path, $"'{name}' has no effect on a {document.Kind.Kind}, only on {string.Join(", ", known.Kinds)}{place}");
        }
        else if (known.Kinds.Length > 0 && AnnotationValues.Check(name, value) is { } problem)
        {
            report.Add(IstioMessages.InvalidAnnotation, document, path, $"'{name}': '{value}' {problem}");
        }
    }
}
