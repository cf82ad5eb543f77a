using System.Text;
using Mesh.Testing;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>Real servers in place of the pods of a page, and the Kubernetes Services and WorkloadEntries that make them known.</summary>
internal sealed class DocServices : IAsyncDisposable
{
    private readonly Dictionary<string, LoopbackServer> _servers = [];

    private DocServices()
    {
    }

    /// <summary>YAML that declares the services.</summary>
    public string Registry { get; private set; } = "";

    public LoopbackServer this[string name] => _servers[name];

    /// <summary>Starts a server for each version of a service; it is called <c>service-version</c>, and so it answers.</summary>
    public static Task<DocServices> StartAsync(int port, params (string Service, string Version)[] pods) =>
        StartAsync("default", port, [.. pods.Select(static p => (p.Service, $"{p.Service}-{p.Version}", $"version: {p.Version}", ""))]);

    /// <summary>The pods of Bookinfo.</summary>
    public static Task<DocServices> BookinfoAsync() => StartAsync(
        9080, ("productpage", "v1"), ("details", "v1"), ("reviews", "v1"), ("reviews", "v2"), ("reviews", "v3"), ("ratings", "v1"));

    /// <summary>Starts a server for each pod.</summary>
    public static async Task<DocServices> StartAsync(string @namespace, int port, (string Service, string Name, string Labels, string Locality)[] pods)
    {
        var services = new DocServices();
        var yaml = new StringBuilder();
        foreach (var service in pods.Select(static p => p.Service).Distinct())
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                ---
                apiVersion: v1
                kind: Service
                metadata: { name: {{service}}, namespace: {{@namespace}} }
                spec: { selector: { app: {{service}} }, ports: [{ name: http, port: {{port}} }] }

                """);
        }

        foreach (var (service, name, labels, locality) in pods)
        {
            var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = name });
            services._servers.Add(name, server);
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                ---
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: { name: {{name}}, namespace: {{@namespace}} }
                spec:
                  address: 127.0.0.1
                  ports: { http: {{server.Port}} }
                  labels: { app: {{service}}, {{labels}} }
                  {{(locality.Length > 0 ? $"locality: {locality}" : "")}}

                """);
        }

        services.Registry = yaml.ToString();
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
