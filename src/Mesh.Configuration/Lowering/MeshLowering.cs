using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Lowering;

/// <summary>
/// Makes the neutral model of valid documents, in the order in which the steps need each other: what exists (registry), what the workload
/// sees of it (exportTo, Sidecar), which document routes which host, rules, clusters, and last what points nowhere.
/// Precedence, defaults, names, merging and delegation end here. Sources: Istio's rules as cited at each step.
/// </summary>
internal static class MeshLowering
{
    /// <summary>Port on which a VirtualService answers for a host that is no service. Source: Istio.</summary>
    private const int UnknownHostPort = 80;

    public static MeshModel Lower(IReadOnlyList<ConfigDocument> documents, LoweringOptions options, ProblemSink problems)
    {
        var workload = options.Workload;
        var set = DocumentSet.Of(documents);
        var registry = RegistryBuilder.Build(set, workload, options.MeshConfig);
        var scope = EgressScope.Of(set.Sidecars, workload, options.RootNamespace);
        var virtualServices = VirtualServiceIndex.Build(set, registry, scope, workload, options.MeshConfig, problems);
        var named = new NamedClusters();
        var destinations = new DestinationLowering(registry, named);
        var actions = new ActionLowering(destinations, options.DefaultRetries);
        var rules = new RuleLowering(new RuleScope(workload), actions);
        var policies = DestinationRuleIndex.Build(set.DestinationRules, registry, workload, options.MeshConfig);

        var (imported, others, taken) = Route(registry, scope, virtualServices, rules);
        var gatewayApi = new GatewayApi.GatewayApiLowering(documents, registry, named, workload, options.DefaultRetries);
        var routedByIstio = RouteTheRest(imported, gatewayApi);

        // A Sidecar makes listeners for the ports it imports; without one for this port nobody answers for hosts that are no service.
        var unknown = scope.IsLimited && !imported.Exists(static i => i.Service.Ports.Count == 0 || i.Service.HasPort(UnknownHostPort))
            ? []
            : UnknownHosts(virtualServices, rules, taken);
        var gateways = new GatewayLowering(set, registry, workload, options.MeshConfig, actions).Lower(problems).ToModelList();

        // Only now is it known which services and ports the rules name.
        var credentialProblems = options.OpensConnections ? problems : new ProblemSink();
        var credentials = new ClientCredentials(set, workload, credentialProblems);
        var clusters = new ClusterLowering(policies, options.MeshConfig, credentials);
        var services = new List<ServiceModel>(imported.Count + unknown.Count);
        foreach (var (service, lowered) in imported)
        {
            named.Contains(service.Name, out var ports);
            services.Add(Service(service, lowered, gatewayApi.WithTls(service, clusters.Lower(service, ports), problems)));
        }

        // What a rule sends to is reachable through the rule, also when the Sidecar imports no name for it.
        foreach (var service in others)
        {
            if (named.Contains(service.Name, out var ports))
            {
                services.Add(WithHostsOf(unknown, Service(service with { Hosts = [] }, LoweredRules.None, gatewayApi.WithTls(service, clusters.Lower(service, ports), problems))));
            }
        }

        services.AddRange(unknown);
        new CredentialChecks(credentials, credentialProblems).Report(set.DestinationRules, workload, options.MeshConfig);
        ReferenceChecks.Warn(set, registry, policies, problems);
        gatewayApi.Warn(routedByIstio, problems);
        return new MeshModel
        {
            Services = services.ToModelList(),
            Gateways = [.. gateways, .. gatewayApi.Gateways],
            OutboundTrafficPolicy = scope.OutboundTrafficPolicy ?? Outbound(options),
            DefaultRetries = options.DefaultRetries,
            Workload = workload,
        };
    }

    // What the process itself was told goes before the mesh's setting.
    private static OutboundTrafficPolicy Outbound(LoweringOptions options) =>
        options.OutboundTrafficPolicy == OutboundTrafficPolicy.AllowAny && options.MeshConfig.OutboundTrafficPolicy is OutboundTrafficPolicyMode.RegistryOnly
            ? OutboundTrafficPolicy.RegistryOnly
            : options.OutboundTrafficPolicy;

    private static (List<(RegisteredService Service, LoweredRules Rules)> Imported, List<RegisteredService> Others, HashSet<(RoutedHosts, string)> Taken) Route(
        ServiceRegistry registry, EgressScope scope, VirtualServiceIndex virtualServices, RuleLowering rules)
    {
        var imported = new List<(RegisteredService, LoweredRules)>();
        var others = new List<RegisteredService>();
        var taken = new HashSet<(RoutedHosts, string)>();
        foreach (var service in registry.Services)
        {
            if (!scope.ImportsService(service.Namespace, service.Name, out var ports))
            {
                others.Add(service);
                continue;
            }

            var limited = ports.Count == 0 ? service : service with { Ports = Limit(service.Ports, ports) };
            var lowered = LoweredRules.None;
            if (virtualServices.TryFind(service.Name, out var routed))
            {
                lowered = rules.Lower(routed, limited.Ports);
                foreach (var host in routed.Hosts)
                {
                    if (HostName.IsWithin(service.Name, host))
                    {
                        taken.Add((routed, host));
                    }
                }
            }

            imported.Add((limited, lowered));
        }

        return (imported, others, taken);
    }

    /// <summary>
    /// Gives the services that no VirtualService routes the rules of Gateway API. Where both languages speak of a service the VirtualService
    /// decides alone; such services are returned with its document.
    /// </summary>
    private static Dictionary<string, ConfigOrigin> RouteTheRest(List<(RegisteredService Service, LoweredRules Rules)> imported, GatewayApi.GatewayApiLowering gatewayApi)
    {
        var routedByIstio = new Dictionary<string, ConfigOrigin>(StringComparer.Ordinal);
        for (var i = 0; i < imported.Count; i++)
        {
            var (service, lowered) = imported[i];
            if (lowered.Rules.Count > 0)
            {
                routedByIstio[service.Name] = lowered.Rules[0].Origin!;
            }
            else if (gatewayApi.RulesOf(service) is { } rules)
            {
                imported[i] = (service, new LoweredRules(rules.Rules, rules.Ports));
            }
        }

        return routedByIstio;
    }

    /// <summary>Hosts of VirtualServices that stand for no service: served by the rules alone.</summary>
    private static List<ServiceModel> UnknownHosts(VirtualServiceIndex virtualServices, RuleLowering rules, HashSet<(RoutedHosts, string)> taken)
    {
        var services = new List<ServiceModel>();
        ModelList<ServicePort> ports = [new ServicePort(UnknownHostPort, "http")];
        foreach (var routed in virtualServices.All)
        {
            var hosts = routed.Hosts.Where(host => virtualServices.Owns(routed, host) && !taken.Contains((routed, host))).ToModelList();
            if (hosts.Count > 0 && rules.Lower(routed, ports) is { Rules.Count: > 0 } lowered)
            {
                services.Add(new ServiceModel
                {
                    Name = hosts[0],
                    Namespace = routed.Source.Namespace,
                    Hosts = hosts,
                    Ports = ports,
                    Rules = lowered.Rules,
                    RulePorts = [UnknownHostPort],
                    Resolution = EndpointResolution.Static,
                    Origin = routed.Source.Document.Origin,
                });
            }
        }

        return services;
    }

    // A VirtualService may be imported without the service it routes; the two are then one again, answering as far as the rules do.
    private static ServiceModel WithHostsOf(List<ServiceModel> unknown, ServiceModel service)
    {
        var index = unknown.FindIndex(u => u.Name == service.Name);
        if (index < 0)
        {
            return service;
        }

        var routed = unknown[index];
        unknown.RemoveAt(index);
        return service with { Hosts = routed.Hosts, Rules = routed.Rules, RulePorts = routed.RulePorts, FallThrough = false };
    }

    private static ServiceModel Service(RegisteredService service, LoweredRules lowered, ModelList<ClusterModel> clusters) => new()
    {
        Name = service.Name,
        Namespace = service.Namespace,
        Hosts = service.Hosts,
        Ports = service.Ports,
        Rules = lowered.Rules,
        RulePorts = lowered.Ports,
        FallThrough = lowered.Rules.Count == 0,
        Clusters = clusters,
        Resolution = service.Resolution,
        Endpoints = service.Endpoints,
        DiscoveryName = service.DiscoveryName,
        Origin = service.Origin,
    };

    private static ModelList<ServicePort> Limit(ModelList<ServicePort> ports, ModelList<int> allowed) =>
        ports.Count == 0 ? [.. allowed.Select(static number => new ServicePort(number))] : [.. ports.Where(port => allowed.Contains(port.Number))];
}
