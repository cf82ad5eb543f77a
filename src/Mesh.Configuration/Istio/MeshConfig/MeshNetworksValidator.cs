using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio checks of MeshNetworks: which addresses lie where, and through which gateways they are reached. Source: Istio's ValidateMeshNetworks.</summary>
internal static class MeshNetworksValidator
{
    public static void Validate(FieldScope at, ConfigNode node)
    {
        if (MeshConfigValidator.Typed(at, node, MeshConfigSchema.Networks) is not { } typed)
        {
            return;
        }

        var networks = new MeshField(at, typed, IsWhole: true)["networks"];
        foreach (var (name, _) in networks.Node?.Fields ?? [])
        {
            Network(networks[name]);
        }
    }

    private static void Network(MeshField network)
    {
        for (var i = 0; i < network["endpoints"].Count; i++)
        {
            var endpoint = network["endpoints"][i];
            if (endpoint["fromCidr"] is { IsWritten: true } range)
            {
                range.At.ErrorIf(IpText.CheckSubnet(range.Text));
            }
            else if (endpoint["fromRegistry"] is { IsWritten: true } registry && !DnsName.IsLabel(registry.Text))
            {
                registry.At.Error($"invalid registry name: {registry.Text}; use letters, digits and '-'");
            }
        }

        for (var i = 0; i < network["gateways"].Count; i++)
        {
            var gateway = network["gateways"][i];
            if (gateway["registryServiceName"] is { IsWritten: true } service)
            {
                service.At.ErrorIf(DnsName.CheckHost(service.Text));
            }
            else if (gateway["address"] is { IsWritten: true } address && !IpText.IsAddress(address.Text) && DnsName.CheckHost(address.Text) is not null)
            {
                address.At.Error($"{address.Text} is not a valid IP address or DNS name");
            }

            gateway["port"].CheckPort();
        }
    }
}
