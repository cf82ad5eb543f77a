// The schema of the "Services" section. Source: ConfigurationServiceEndpointProvider of Microsoft.Extensions.ServiceDiscovery 10:
//   Services:{service}:{default | scheme | endpoint name} = one value, or children with numeric keys
// 1. A name with an endpoint name (_admin.catalog) reads that section only; otherwise "default" is read, then each scheme in order of preference.
// 2. Of values that are URIs only those with the best scheme are kept; values without a scheme are always kept.
// 3. The first section that keeps something is used; when none does, the service is not known here.
// Repaired against the original:
//   - a "default" section that keeps nothing no longer hides the scheme sections, and a name without a scheme finds "https" and "http";
//   - a value without a scheme in a scheme section gets the scheme of the section;
//   - the port of the name counts (QueryPort);
//   - a value that cannot be read is a named problem, not an exception: its last good version stays, and so do all other values.
using System.Globalization;
using Mesh.Discovery;
using Mesh.Model;
using Microsoft.Extensions.Configuration;

namespace Mesh.Client.Discovery;

/// <summary>Reads the endpoints of one service; remembers the last good value of every configuration path it has seen.</summary>
internal sealed class ServicesSection(ServiceQuery query, ConfigurationEndpointOptions options)
{
    private const string DefaultName = "default";

    private readonly SchemePreference _schemes = SchemePreference.Of(query, options.AllowedSchemes);
    private Dictionary<string, MeshEndpoint> _good = [];

    public EndpointUpdate Read(IConfiguration configuration)
    {
        var service = configuration.GetSection(options.SectionName).GetSection(query.ServiceName);
        var pass = new Pass(_good);
        var kept = ReadFirstUseful(service, pass);
        _good = pass.Good;

        var problem = pass.Problems.Count == 0 ? null : string.Join(" ", pass.Problems);
        return kept.Count == 0 && problem is null
            ? EndpointUpdate.NotFound
            : new EndpointUpdate(QueryPort.Apply(query.Port, kept)) { Problem = problem };
    }

    private List<MeshEndpoint> ReadFirstUseful(IConfigurationSection service, Pass pass)
    {
        ModelList<string> names = query.EndpointName is { } name ? [name] : [DefaultName, .. _schemes.Ordered];
        foreach (var candidate in names)
        {
            var section = service.GetSection(candidate);
            if (section.Exists())
            {
                var implied = query.EndpointName is null && candidate is "http" or "https" ? candidate : null;
                var kept = _schemes.Filter(pass.ReadSection(section)).Select(endpoint => endpoint.Scheme is null ? endpoint with { Scheme = implied } : endpoint).ToList();
                if (kept.Count > 0)
                {
                    return kept;
                }
            }
        }

        return [];
    }

    /// <summary>One reading: what was good in it and what was not.</summary>
    private sealed class Pass(Dictionary<string, MeshEndpoint> previous)
    {
        public Dictionary<string, MeshEndpoint> Good { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Problems { get; } = [];

        public List<MeshEndpoint> ReadSection(IConfigurationSection section)
        {
            List<MeshEndpoint> endpoints = [];
            if (!string.IsNullOrWhiteSpace(section.Value))
            {
                ReadValue(section, endpoints);
                return endpoints;
            }

            var children = section.GetChildren().ToList();
            if (children.Count == 0)
            {
                ReadValue(section, endpoints);
            }

            foreach (var child in children)
            {
                if (int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                {
                    ReadValue(child, endpoints);
                }
                else
                {
                    Problems.Add($"{child.Path}: the key '{child.Key}' is not a number. Write the endpoints as a list: {section.Path}:0, {section.Path}:1 and so on.");
                }
            }

            return endpoints;
        }

        private void ReadValue(IConfigurationSection value, List<MeshEndpoint> endpoints)
        {
            if (EndpointUpdate.TryParse(value.Value, out var endpoint))
            {
                if (value.Value!.Contains("://", StringComparison.Ordinal) && new Uri(value.Value).PathAndQuery is { Length: > 1 } path)
                {
                    Problems.Add($"{value.Path}: the path '{path}' is not used; an endpoint is a host and a port. Rewrite the path with a route (rewrite.uri).");
                }
            }
            else
            {
                var stays = previous.TryGetValue(value.Path, out endpoint);
                var text = string.IsNullOrWhiteSpace(value.Value) ? "the value is empty" : $"'{value.Value}' is not an endpoint";
                Problems.Add($"{value.Path}: {text}. Write host:port, [ipv6]:port or a URI such as https://host:port.{(stays ? " Its last good value stays in use." : "")}");
            }

            if (endpoint is not null)
            {
                Good[value.Path] = endpoint;
                endpoints.Add(endpoint);
            }
        }
    }
}
