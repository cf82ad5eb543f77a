using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Mesh.Client.Runtime;

/// <summary>
/// The address of this machine that others see: the first of an interface that is up and not the loopback. It is the client address of
/// <c>consistentHash.useSourceIp</c>, as a pod's address is for its sidecar.
/// </summary>
internal static class OwnAddress
{
    private static readonly Lazy<string> s_text = new(Find);

    public static string Text => s_text.Value;

    private static string Find()
    {
        try
        {
            foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (network.OperationalStatus != OperationalStatus.Up || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
                {
                    continue;
                }

                foreach (var address in network.GetIPProperties().UnicastAddresses)
                {
                    if (address.Address.AddressFamily == AddressFamily.InterNetwork)
                    {
                        return address.Address.ToString();
                    }
                }
            }
        }
        catch (NetworkInformationException)
        {
            // A sandbox may hide its interfaces; any fixed text makes an equally constant key.
            return "127.0.0.1";
        }

        return "127.0.0.1";
    }
}
