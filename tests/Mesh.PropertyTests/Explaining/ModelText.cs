using System.Text;
using Mesh.Model;

namespace Mesh.PropertyTests.Explaining;

/// <summary>A model as YAML, as far as random models go: what a person reads to understand a difference.</summary>
internal static class ModelText
{
    public static string Of(MeshModel model)
    {
        var text = new StringBuilder($"outboundTrafficPolicy: {model.OutboundTrafficPolicy}\nservices:\n");
        foreach (var service in model.Services)
        {
            text.AppendLine($"- name: {service.Name}").AppendLine($"  hosts: {service.Hosts}");
            text.AppendLine($"  ports: [{string.Join(", ", service.Ports.Select(static p => $"{p.Number} {p.Name} {p.Protocol}"))}]");
            text.AppendLine($"  rulePorts: {service.RulePorts}").AppendLine($"  fallThrough: {service.FallThrough}").AppendLine($"  resolution: {service.Resolution}");
            text.AppendLine($"  endpoints: [{string.Join(", ", service.Endpoints.Select(static e => e.Address))}]");
            text.AppendLine($"  clusters: [{string.Join(", ", service.Clusters.Select(static c => $"\"{c.Key}\" {c.Labels}"))}]");
            text.AppendLine("  rules:");
            foreach (var rule in service.Rules)
            {
                Append(text, rule);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, RouteRule rule)
    {
        text.AppendLine($"  - name: {rule.Name}").AppendLine("    match:");
        foreach (var match in rule.Matches)
        {
            var conditions = new List<string>();
            Add("path", match.Path, match.Path?.IgnoreCase);
            Add("method", match.Method, match.Method?.IgnoreCase);
            Add("scheme", match.Scheme, match.Scheme?.IgnoreCase);
            Add("authority", match.Authority, match.Authority?.IgnoreCase);
            Add("port", match.Port, false);
            foreach (var header in match.Headers)
            {
                Add((header.Invert ? "without header " : "header ") + header.Name, header.Value, header.Value.IgnoreCase);
            }

            foreach (var query in match.QueryParams)
            {
                Add("query " + query.Name, query.Value, query.Value.IgnoreCase);
            }

            text.AppendLine($"    - {{ {string.Join(", ", conditions)} }}");

            void Add(string name, object? value, bool? ignoreCase)
            {
                if (value is not null)
                {
                    conditions.Add($"{name}: {value}{(ignoreCase == true ? " without case" : "")}");
                }
            }
        }

        switch (rule.Action)
        {
            case ForwardAction forward:
                text.AppendLine("    route:");
                foreach (var destination in forward.Destinations)
                {
                    text.AppendLine($"    - {{ cluster: \"{destination.Cluster}\", weight: {destination.Weight}{Rest(destination)} }}");
                }

                Optional("timeout", forward.Timeout);
                Optional("retries", forward.Retries.IsDefault ? null : forward.Retries);
                Optional("rewrite", forward.Rewrite);
                Optional("request", Edits(forward.RequestHeaders));
                Optional("mirrors", forward.Mirrors.Count == 0 ? null : string.Join(", ", forward.Mirrors.Select(static m => m.Cluster)));
                break;
            case RedirectAction redirect:
                Optional("redirect", redirect with { ResponseHeaders = HeaderOperations.None });
                break;
            case DirectResponseAction direct:
                Optional("directResponse", direct.StatusCode);
                break;
        }

        Optional("fault", rule.Action.Fault);
        Optional("response", Edits(rule.Action.ResponseHeaders));

        void Optional(string name, object? value)
        {
            if (value is not null)
            {
                text.AppendLine($"    {name}: {value}");
            }
        }
    }

    private static string Rest(RouteDestination destination) =>
        (destination.ErrorStatus is { } status ? $", status: {status}" : "")
        + (destination.Redirect is { } redirect ? $", redirect: {redirect}" : "")
        + (destination.Rewrite is { } rewrite ? $", rewrite: {rewrite}" : "")
        + (Edits(destination.RequestHeaders) is { } request ? $", request: {request}" : "")
        + (Edits(destination.ResponseHeaders) is { } response ? $", response: {response}" : "");

    private static string? Edits(HeaderOperations operations) =>
        operations.IsEmpty ? null : $"{{ remove: {operations.Remove}, set: {operations.Set}, add: {operations.Add} }}";
}
