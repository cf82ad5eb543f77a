using System.Globalization;
using System.Text;
namespace Shop.Running;

/// <summary>Tells the mesh where the instances listen, in two ways, so that both can be seen.</summary>
internal static class ShopEndpoints
{
    /// <summary>
    /// The mesh knows product-recommendation by a ServiceEntry: its instances carry a version label, which the subsets in
    /// mesh/product-recommendation.yaml select. (Plain services need no more than the Services section, see <see cref="ServicesSection"/>.)
    /// </summary>
    public static string Yaml(IEnumerable<PlannedInstance> plan)
    {
        var yaml = new StringBuilder("""
            # Written by the shop's supervisor, which chose the ports.
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata:
              name: product-recommendation
            spec:
              hosts:
              - product-recommendation
              location: MESH_INTERNAL
              resolution: STATIC
              ports:
              - number: 80
                name: http
                protocol: HTTP
              endpoints:

            """);
        foreach (var instance in plan.Where(i => i.Version.Length > 0))
        {
            yaml.Append(CultureInfo.InvariantCulture, $$"""
              - address: 127.0.0.1
                ports:
                  http: {{instance.Port}}
                labels:
                  version: {{instance.Version}}

            """);
        }

        return yaml.ToString();
    }

    /// <summary><c>services__product-info__http__0=http://127.0.0.1:41001</c> and so on: the form that .NET's service discovery reads.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ServicesSection(IEnumerable<PlannedInstance> plan) =>
        plan.Where(i => i.Service is "product-info" or "orders").GroupBy(i => i.Service).SelectMany(service => service.Select((instance, index) =>
            KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"services__{service.Key}__http__{index}"), $"http://{instance.Address}")));
}
