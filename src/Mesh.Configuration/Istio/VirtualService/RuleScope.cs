using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Who loads the rules: a workload of the mesh, or a gateway. It decides over the conditions a table is built with. Source: Istio sourceMatchHTTP.</summary>
/// <param name="Workload">Labels and namespace that <c>sourceLabels</c> and <c>sourceNamespace</c> are compared with; of a gateway its selector and namespace.</param>
/// <param name="Gateway"><c>mesh</c>, or <c>namespace/name</c> of a Gateway.</param>
internal sealed record RuleScope(Workload Workload, string Gateway = VirtualServiceValidator.MeshGateway)
{
    /// <summary>True when a list of gateways, as written in a document of a namespace, names this one.</summary>
    public bool IsNamedBy(ModelList<string> gateways, string @namespace)
    {
        foreach (var written in gateways)
        {
            if (string.Equals(Qualify(written, @namespace), Gateway, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A short name is a Gateway of the document's own namespace.</summary>
    public static string Qualify(string gateway, string @namespace) =>
        gateway == VirtualServiceValidator.MeshGateway || gateway.Contains('/', StringComparison.Ordinal) ? gateway : $"{@namespace}/{gateway}";
}
