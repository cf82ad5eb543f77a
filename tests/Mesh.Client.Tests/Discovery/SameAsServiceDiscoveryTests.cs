using System.Net;
using Mesh.Client.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery;

namespace Mesh.Client.Tests.Discovery;

/// <summary>Puts the same names to Microsoft.Extensions.ServiceDiscovery itself, over the same configuration.</summary>
internal sealed class SameAsServiceDiscoveryTests
{
    private static readonly string[] s_values = ["http://h:1", "https://s:2", "10.0.0.9:7000", "node", "http://h2"];
    private static readonly string[] s_sections = ["default", "http", "https", "admin"];
    private static readonly string[] s_names = ["http://svc", "https://svc", "https+http://svc", "http+https://svc", "_admin.svc", "http://_admin.svc"];

    [Test]
    public async Task Every_combination_of_sections_and_values_finds_what_the_original_finds()
    {
        var compared = 0;
        foreach (var name in s_names)
        {
            foreach (var values in Combinations())
            {
                var original = await OriginalAsync(values, name);
                var ours = await OursAsync(values, name);

                // Repaired: where the original finds nothing, scheme sections behind a "default" that keeps nothing are found.
                if (original.Length > 0)
                {
                    Assert.That(ours, Is.EqualTo(original), $"{name} over {string.Join(", ", values)}");
                    compared++;
                }
                else if (ours.Length > 0)
                {
                    Assert.That(values.ContainsKey("Services:svc:default:0"), Is.True, $"{name} over {string.Join(", ", values)}");
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(300));
    }

    // Each section holds nothing or one of the values, and the default section a second one.
    private static IEnumerable<Dictionary<string, string?>> Combinations()
    {
        var choices = s_values.Length + 1;
        for (var number = 0; number < Math.Pow(choices, s_sections.Length); number += 7)
        {
            Dictionary<string, string?> values = [];
            var rest = number;
            foreach (var section in s_sections)
            {
                if (rest % choices is > 0 and var choice)
                {
                    values[$"Services:svc:{section}:0"] = s_values[choice - 1];
                    if (section == "default")
                    {
                        values[$"Services:svc:{section}:1"] = s_values[number % s_values.Length];
                    }
                }

                rest /= choices;
            }

            yield return values;
        }
    }

    private static async Task<string[]> OriginalAsync(Dictionary<string, string?> values, string name)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddServiceDiscoveryCore()
            .AddConfigurationServiceEndpointProvider()
            .BuildServiceProvider();
        var found = await services.GetRequiredService<ServiceEndpointResolver>().GetEndpointsAsync(name, CancellationToken.None);
        return [.. found.Endpoints.Select(endpoint => endpoint.EndPoint switch
        {
            UriEndPoint uri => $"{uri.Uri.Host}:{uri.Uri.Port}",
            DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
            var other => other.ToString()!,
        })];
    }

    private static async Task<string[]> OursAsync(Dictionary<string, string?> values, string name)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var source = new ConfigurationEndpointSource(configuration, Options.Create(new ConfigurationEndpointOptions()), NullLogger<ConfigurationEndpointSource>.Instance);
        await using var watch = new WatchProbe(source, name);
        return [.. (await watch.NextAsync()).Endpoints.Select(endpoint => $"{endpoint.Address}:{endpoint.Port}")];
    }
}
