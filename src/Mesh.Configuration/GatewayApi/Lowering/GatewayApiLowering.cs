using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>What this language adds to the model: rules of services, gateways, TLS towards services.</summary>
internal sealed class GatewayApiLowering
{
    private readonly AttachmentTable _table;
    private readonly ServiceRuleLowering _rules;
    private readonly BackendTLSLowering _tls;

    /// <param name="documents">All documents.</param>
    /// <param name="registry">The services there are.</param>
    /// <param name="named">Takes the clusters that rules name.</param>
    /// <param name="workload">The calling workload.</param>
    /// <param name="defaultRetries">Retries of rules that write none.</param>
    public GatewayApiLowering(IReadOnlyList<ConfigDocument> documents, ServiceRegistry registry, NamedClusters named, Workload workload, RetryPolicy defaultRetries)
    {
        var set = GatewayDocuments.Of(documents);
        _table = AttachmentTable.Build(set, registry);
        _tls = new BackendTLSLowering(set, registry);
        var actions = new ActionLowering(_table.Resolver, named, defaultRetries);
        _rules = new ServiceRuleLowering(_table, new RuleOrder(actions, needsGrant: false), workload);
        var gateways = new GatewayLowering(new RuleOrder(actions, needsGrant: true));
        Gateways = [.. _table.Gateways.Select(gateways.Lower)];
    }

    /// <summary>The Gateways, older first.</summary>
    public ModelList<GatewayModel> Gateways { get; }

    /// <summary>The rules of a service; null when no route speaks of it.</summary>
    public ServiceRules? RulesOf(RegisteredService service) => _rules.Lower(service);

    /// <summary>The clusters of a service with the TLS that policies ask for.</summary>
    public ModelList<ClusterModel> WithTls(RegisteredService service, ModelList<ClusterModel> clusters, ProblemSink problems) => _tls.Apply(service, clusters, problems);

    /// <summary>Warns of routes that are attached nowhere, references that lead nowhere, and services that another language has taken.</summary>
    /// <param name="taken">Services whose callers another document routes, by full name, with that document.</param>
    /// <param name="problems">Where warnings go.</param>
    public void Warn(IReadOnlyDictionary<string, ConfigOrigin> taken, ProblemSink problems) => AttachmentWarnings.Warn(_table, taken, problems);
}
