using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>How requests for some hosts are routed. Source: Istio networking VirtualService.</summary>
public sealed record VirtualServiceSpec
{
    /// <summary>Hosts the rules answer for; <c>*.</c> prefix allowed; names without a dot are expanded with the document's namespace. A delegate has none.</summary>
    public ModelList<string> Hosts { get; init; } = [];

    /// <summary>Gateways that load the rules; <c>mesh</c> stands for every workload. Empty: <c>mesh</c> only.</summary>
    public ModelList<string> Gateways { get; init; } = [];

    /// <summary>HTTP rules in order; the first that matches decides.</summary>
    public ModelList<HTTPRouteSpec> Http { get; init; } = [];

    /// <summary>Rules by TLS server name. Read and checked only: an in-process mesh sees requests, not bytes.</summary>
    public ModelList<TLSRouteSpec> Tls { get; init; } = [];

    /// <summary>Rules for plain TCP. Read and checked only.</summary>
    public ModelList<TCPRouteSpec> Tcp { get; init; } = [];

    /// <summary>Namespaces that may see the document: <c>.</c> (its own), <c>*</c> (all), <c>~</c> (none) or names. Empty: all.</summary>
    public ModelList<string> ExportTo { get; init; } = [];
}
