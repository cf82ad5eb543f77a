using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Shop.Supervision;

/// <summary>State of one instance as the supervisor sees it, for the shop's page.</summary>
public sealed record InstanceStatus(string Service, string Name, string Version, string Address, int Pid, bool Running);

/// <summary>
/// A temporary folder that the processes of one run share: where the instances listen (as mesh configuration), which are alive,
/// and the books of the orders service. It goes when the shop stops.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string StatusFile = "instances.json";
    public const string EndpointsFile = "endpoints.yaml";

    public string Path { get; } = Directory.CreateTempSubdirectory("mesh-shop-").FullName;

    /// <summary>
    /// The mesh knows product-recommendation by a ServiceEntry: its instances carry a version label, which the subsets in
    /// mesh/product-recommendation.yaml select. (Plain services need no more than the Services section, see <see cref="ServicesSection"/>.)
    /// </summary>
    public void WriteEndpoints(IEnumerable<PlannedInstance> plan)
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

        File.WriteAllText(System.IO.Path.Combine(Path, EndpointsFile), yaml.ToString());
    }

    /// <summary><c>services__product-info__http__0=http://127.0.0.1:41001</c> and so on: the form that .NET's service discovery reads.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ServicesSection(IEnumerable<PlannedInstance> plan) =>
        plan.Where(i => i.Service is "product-info" or "orders").GroupBy(i => i.Service).SelectMany(service => service.Select((instance, index) =>
            KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"services__{service.Key}__http__{index}"), $"http://{instance.Address}")));

    public void WriteStatus(IEnumerable<InstanceStatus> instances)
    {
        // Moved into place, so that nobody reads half a file.
        var file = System.IO.Path.Combine(Path, StatusFile);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(instances));
        File.Move(file + ".new", file, overwrite: true);
    }

    public static InstanceStatus[] ReadStatus(string runFolder)
    {
        var file = System.IO.Path.Combine(runFolder, StatusFile);
        return File.Exists(file) ? JsonSerializer.Deserialize<InstanceStatus[]>(File.ReadAllText(file)) ?? [] : [];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
