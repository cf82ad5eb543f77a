using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;

namespace Mesh.Configuration.Istio;

/// <summary>
/// The documents by kind, oldest first: age decides between documents that claim the same. Source: Istio sorts by creation time, then
/// name, then namespace; documents without a time, such as files, count as equally old, so their order in files never matters.
/// </summary>
internal sealed class DocumentSet
{
    public List<Typed<VirtualServiceSpec>> VirtualServices { get; } = [];

    public List<Typed<DestinationRuleSpec>> DestinationRules { get; } = [];

    public List<Typed<ServiceEntrySpec>> ServiceEntries { get; } = [];

    public List<Typed<WorkloadEntrySpec>> WorkloadEntries { get; } = [];

    public List<Typed<GatewaySpec>> Gateways { get; } = [];

    public List<Typed<SidecarSpec>> Sidecars { get; } = [];

    public List<Typed<ServiceSpec>> Services { get; } = [];

    public List<Typed<DeploymentSpec>> Deployments { get; } = [];

    public List<Typed<EndpointSliceSpec>> EndpointSlices { get; } = [];

    public List<Typed<SecretSpec>> Secrets { get; } = [];

    public List<Typed<DiscoveredServiceSpec>> DiscoveredServices { get; } = [];

    public static DocumentSet Of(IReadOnlyList<ConfigDocument> documents)
    {
        var sorted = documents.ToArray();
        Array.Sort(sorted, CompareAge);
        var set = new DocumentSet();
        foreach (var document in sorted)
        {
            set.Add(document);
        }

        return set;
    }

    private void Add(ConfigDocument document)
    {
        switch (document.Spec)
        {
            case VirtualServiceSpec spec:
                VirtualServices.Add(new(document, spec));
                break;
            case DestinationRuleSpec spec:
                DestinationRules.Add(new(document, spec));
                break;
            case ServiceEntrySpec spec:
                ServiceEntries.Add(new(document, spec));
                break;
            case WorkloadEntrySpec spec:
                WorkloadEntries.Add(new(document, spec));
                break;
            case GatewaySpec spec:
                Gateways.Add(new(document, spec));
                break;
            case SidecarSpec spec:
                Sidecars.Add(new(document, spec));
                break;
            case ServiceSpec spec:
                Services.Add(new(document, spec));
                break;
            case DeploymentSpec spec:
                Deployments.Add(new(document, spec));
                break;
            case EndpointSliceSpec spec:
                EndpointSlices.Add(new(document, spec));
                break;
            case SecretSpec spec:
                Secrets.Add(new(document, spec));
                break;
            case DiscoveredServiceSpec spec:
                DiscoveredServices.Add(new(document, spec));
                break;
            default:
                // Another front end's kind.
                break;
        }
    }

    private static int CompareAge(ConfigDocument left, ConfigDocument right)
    {
        var (a, b) = (left.Metadata, right.Metadata);
        var order = (a.CreationTimestamp ?? default).CompareTo(b.CreationTimestamp ?? default);
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        order = order != 0 ? order : string.CompareOrdinal(a.Namespace, b.Namespace);
        return order != 0 ? order : string.CompareOrdinal(left.Kind, right.Kind);
    }
}
