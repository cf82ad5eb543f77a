using Mesh.Configuration.Sources;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// What Istio's installation brings and a folder of manifests does not show: its namespace and the default ingress gateway with the ports
/// its Service opens. Source: the resources istioctl analyze adds for files.
/// </summary>
internal static class AssumedDocuments
{
    public static IEnumerable<AnalysisDocument> For(MeshConfigView mesh)
    {
        var yaml = $"""
            apiVersion: v1
            kind: Namespace
            metadata:
              name: {mesh.RootNamespace}
            """;
        if (mesh.HasIngressGateway)
        {
            yaml += $"""

                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: {mesh.IngressService}
                  namespace: {mesh.RootNamespace}
                  labels:
                    istio: ingressgateway
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: {mesh.IngressService}
                  namespace: {mesh.RootNamespace}
                spec:
                  selector:
                    istio: ingressgateway
                  ports:
                  - name: http2
                    port: 80
                    targetPort: 8080
                  - name: https
                    port: 443
                    targetPort: 8443
                  - name: tcp
                    port: 31400
                  - name: tls
                    port: 15443
                """;
        }

        return AnalysisReader.Read([new ConfigText("assumed", yaml)], "").Documents.Select(static d => new AnalysisDocument
        {
            Kind = d.Kind,
            Name = d.Name,
            Namespace = d.Namespace,
            Labels = d.Labels,
            Root = d.Root,
            Spec = d.Spec,
            IsAssumed = true,
        });
    }
}
