using System.Globalization;
using System.Text;

namespace Bookinfo.Running;

/// <summary>
/// The services as Kubernetes has them under Bookinfo, with a WorkloadEntry in place of each pod. Beside each service stands one for each
/// of its versions (reviews-v1, …), which the Gateway API variant of Istio's pages routes to.
/// </summary>
internal static class BookinfoEndpoints
{
    public static string Yaml(IReadOnlyList<PlannedInstance> plan)
    {
        var yaml = new StringBuilder("# Written by Bookinfo's supervisor, which chose the ports.\n");
        foreach (var service in plan.GroupBy(static i => i.Service))
        {
            AppendService(yaml, service.Key, service.Key, null);
            foreach (var instance in service)
            {
                AppendService(yaml, instance.Name, service.Key, instance.Version);
                AppendWorkload(yaml, instance);
            }
        }

        return yaml.ToString();
    }

    private static void AppendService(StringBuilder yaml, string name, string app, string? version) => yaml.Append(CultureInfo.InvariantCulture, $$"""
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: {{name}}
          namespace: default
        spec:
          selector: { app: {{app}}{{(version is null ? "" : $", version: {version}")}} }
          ports:
          - { name: http, port: {{(app == "httpbin" ? 8000 : 9080)}} }

        """);

    private static void AppendWorkload(StringBuilder yaml, PlannedInstance instance) => yaml.Append(CultureInfo.InvariantCulture, $$"""
        ---
        apiVersion: networking.istio.io/v1
        kind: WorkloadEntry
        metadata:
          name: {{instance.Name}}
          namespace: default
        spec:
          address: 127.0.0.1
          ports: { http: {{instance.Port}} }
          labels: { app: {{instance.Service}}, version: {{instance.Version}} }
          serviceAccount: bookinfo-{{instance.Service}}

        """);
}
