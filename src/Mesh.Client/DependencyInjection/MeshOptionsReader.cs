using System.Globalization;
using Mesh.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mesh.Client.DependencyInjection;

/// <summary>Reads the options from the section <c>Mesh</c>, by hand: the reflecting binder is not fit for trimmed applications.</summary>
internal sealed class MeshOptionsReader(IConfigurationSection section) : IConfigureOptions<MeshOptions>
{
    public void Configure(MeshOptions options)
    {
        options.WorkloadName = section["WorkloadName"] ?? options.WorkloadName;
        options.Namespace = section["Namespace"] ?? options.Namespace;
        options.Locality = section["Locality"] ?? options.Locality;
        options.MeshConfigPath = section["MeshConfigPath"] ?? options.MeshConfigPath;
        options.DomainSuffix = section["DomainSuffix"] ?? options.DomainSuffix;
        options.ServicesSection = section["ServicesSection"] ?? options.ServicesSection;
        foreach (var label in section.GetSection("Labels").GetChildren())
        {
            options.Labels[label.Key] = label.Value ?? "";
        }

        foreach (var path in section.GetSection("ConfigPaths").GetChildren())
        {
            if (!string.IsNullOrEmpty(path.Value))
            {
                options.ConfigPaths.Add(path.Value);
            }
        }

        if (section["OutboundTrafficPolicy"] is { } policy)
        {
            options.OutboundTrafficPolicy = policy.ToUpperInvariant() switch
            {
                "ALLOW_ANY" or "ALLOWANY" => OutboundTrafficPolicy.AllowAny,
                "REGISTRY_ONLY" or "REGISTRYONLY" => OutboundTrafficPolicy.RegistryOnly,
                _ => throw new OptionsValidationException(nameof(MeshOptions), typeof(MeshOptions), [$"{section.Path}:OutboundTrafficPolicy is '{policy}'. Write ALLOW_ANY or REGISTRY_ONLY."]),
            };
        }

        options.DnsRefreshRate = Time("DnsRefreshRate", options.DnsRefreshRate);
        options.InitialLoadTimeout = Time("InitialLoadTimeout", options.InitialLoadTimeout);
        options.ThrowOnLocalReply = Flag("ThrowOnLocalReply", options.ThrowOnLocalReply);
        options.AcceptEnvoyHeaders = Flag("AcceptEnvoyHeaders", options.AcceptEnvoyHeaders);
    }

    private bool Flag(string name, bool fallback) => section[name] switch
    {
        null => fallback,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new OptionsValidationException(nameof(MeshOptions), typeof(MeshOptions), [$"{section.Path}:{name} is '{text}'. Write true or false."]),
    };

    private TimeSpan Time(string name, TimeSpan fallback) => section[name] switch
    {
        null => fallback,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) => value,
        var text => throw new OptionsValidationException(nameof(MeshOptions), typeof(MeshOptions), [$"{section.Path}:{name} is '{text}'. Write a time such as 00:00:05."]),
    };
}
