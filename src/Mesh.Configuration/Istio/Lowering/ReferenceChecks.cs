using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;

namespace Mesh.Configuration.Istio;

/// <summary>Warns of names that lead nowhere: services, subsets, gateways. They are no errors, because the other document may come later.</summary>
internal static class ReferenceChecks
{
    public static void Warn(DocumentSet documents, ServiceRegistry registry, DestinationRuleIndex policies, ProblemSink problems)
    {
        var gateways = documents.Gateways.Select(static g => $"{g.Namespace}/{g.Name}").ToHashSet(StringComparer.Ordinal);
        foreach (var virtualService in documents.VirtualServices)
        {
            problems.Begin(virtualService.Document);
            var check = new Check(virtualService.Document, registry, policies, problems);
            for (var i = 0; i < virtualService.Spec.Gateways.Count; i++)
            {
                Gateway(check, i, virtualService, gateways);
            }

            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                Rule(check, i, virtualService.Spec.Http[i]);
            }
        }

        foreach (var rule in documents.DestinationRules)
        {
            if (!Naming.HostName.IsWildcard(rule.Spec.Host) && !registry.TryGet(registry.Resolve(rule.Spec.Host, rule.Namespace), out _))
            {
                problems.Begin(rule.Document);
                FieldScope.Spec(rule.Document, problems)["host"].Warning($"there is no service '{rule.Spec.Host}', so the rule acts on nothing; check the name, or add a Service, a ServiceEntry or a Services entry");
            }
        }
    }

    private static void Gateway(Check check, int index, Typed<VirtualServiceSpec> virtualService, HashSet<string> gateways)
    {
        var name = virtualService.Spec.Gateways[index];
        if (name == VirtualServiceValidator.MeshGateway || gateways.Contains(name) || gateways.Contains($"{virtualService.Namespace}/{name}"))
        {
            return;
        }

        check.At()["gateways"][index].Warning($"there is no Gateway '{name}'; check the name, or add the document");
    }

    private static void Rule(Check check, int index, HTTPRouteSpec rule)
    {
        for (var i = 0; i < rule.Route.Count; i++)
        {
            if (check.Problem(rule.Route[i].Destination) is { } problem)
            {
                check.At()["http"][index]["route"][i]["destination"][problem.Field].Warning(problem.Message);
            }
        }

        if (rule.Mirror is not null && check.Problem(rule.Mirror) is { } mirror)
        {
            check.At()["http"][index]["mirror"][mirror.Field].Warning(mirror.Message);
        }

        for (var i = 0; i < rule.Mirrors.Count; i++)
        {
            if (check.Problem(rule.Mirrors[i].Destination) is { } problem)
            {
                check.At()["http"][index]["mirrors"][i]["destination"][problem.Field].Warning(problem.Message);
            }
        }
    }

    private readonly record struct Check(ConfigDocument Document, ServiceRegistry Registry, DestinationRuleIndex Policies, ProblemSink Problems)
    {
        public FieldScope At() => FieldScope.Spec(Document, Problems);

        public (string Field, string Message)? Problem(DestinationSpec destination)
        {
            var name = Registry.Resolve(destination.Host, Document.Metadata.Namespace);
            if (!Registry.TryGet(name, out var service))
            {
                return ("host", $"there is no service '{name}', so these requests are answered with 503 (NC); check the name, or add a Service, a ServiceEntry or a Services entry");
            }

            if (destination.Port is { Number: > 0 } port && service.Ports.Count > 0 && !service.HasPort(port.Number))
            {
                return ("port", $"service '{name}' has no port {port.Number}, so these requests are answered with 503 (NC); it has {string.Join(", ", service.Ports.Select(static p => p.Number))}");
            }

            if (destination.Subset is { } subset && Policies.Find(name, service.Namespace)?.Subsets.Any(s => s.Name == subset) is not true)
            {
                return ("subset", $"no DestinationRule for '{name}' has a subset '{subset}', so these requests are answered with 503 (NC); add it, or remove the subset");
            }

            return null;
        }
    }
}
