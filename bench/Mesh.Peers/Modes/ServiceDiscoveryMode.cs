using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Peers.Modes;

/// <summary>Microsoft.Extensions.ServiceDiscovery over IHttpClientFactory: names and round robin, no resilience.</summary>
internal static class ServiceDiscoveryMode
{
    public static PeerClient Create(int[] ports, HttpMessageHandler transport)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Addresses(ports)).Build());
        services.AddServiceDiscovery();
        services.AddHttpClient("catalog").ConfigurePrimaryHttpMessageHandler(() => transport).AddServiceDiscovery();
        var client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("catalog");
        return new PeerClient(new Uri("http://catalog/items/42"), (request, token) => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
    }

    /// <summary>The section "Services" with these ports as the endpoints of "catalog".</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Addresses(int[] ports) => ports.Select(static (port, i) => KeyValuePair.Create<string, string?>(
        string.Create(CultureInfo.InvariantCulture, $"Services:catalog:http:{i}"), string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")));
}
