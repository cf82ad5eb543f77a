using Microsoft.Extensions.Options;

namespace Mesh.Client.DependencyInjection;

/// <summary>Refuses options that cannot work, at start and with the remedy.</summary>
internal sealed class MeshOptionsValidator : IValidateOptions<MeshOptions>
{
    public ValidateOptionsResult Validate(string? name, MeshOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Namespace))
        {
            failures.Add("Mesh:Namespace is empty. Leave it out for 'default'.");
        }

        if (string.IsNullOrWhiteSpace(options.DomainSuffix))
        {
            failures.Add("Mesh:DomainSuffix is empty. Leave it out for 'cluster.local'.");
        }

        if (options.DnsRefreshRate <= TimeSpan.Zero)
        {
            failures.Add($"Mesh:DnsRefreshRate is {options.DnsRefreshRate}. It must be positive, for example 00:01:00.");
        }

        if (options.InitialLoadTimeout < TimeSpan.Zero)
        {
            failures.Add($"Mesh:InitialLoadTimeout is {options.InitialLoadTimeout}. It must not be negative.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
