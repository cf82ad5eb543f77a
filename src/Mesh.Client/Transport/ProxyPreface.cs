using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mesh.Model;

namespace Mesh.Client.Transport;

/// <summary>
/// The first bytes of a connection to a server that expects the PROXY protocol: who connects to whom, before TLS. In process the caller is
/// this very socket. Source: HAProxy PROXY protocol specification, §2.1 (version 1, text) and §2.2 (version 2, binary).
/// </summary>
internal static class ProxyPreface
{
    private const byte VersionAndCommand = 0x21;
    private const byte TcpOverIPv4 = 0x11;
    private const byte TcpOverIPv6 = 0x21;

    private static ReadOnlySpan<byte> Signature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    public static byte[] Create(ProxyProtocol version, IPEndPoint source, IPEndPoint destination)
    {
        var (from, to) = (Plain(source), Plain(destination));
        return version == ProxyProtocol.V1 ? Text(from, to) : Binary(from, to);
    }

    private static byte[] Text(IPEndPoint source, IPEndPoint destination)
    {
        var family = source.AddressFamily == AddressFamily.InterNetworkV6 ? "TCP6" : "TCP4";
        return Encoding.ASCII.GetBytes($"PROXY {family} {source.Address} {destination.Address} {source.Port} {destination.Port}\r\n");
    }

    private static byte[] Binary(IPEndPoint source, IPEndPoint destination)
    {
        byte[] from = source.Address.GetAddressBytes(), to = destination.Address.GetAddressBytes();
        var length = from.Length + to.Length + 4;
        var preface = new byte[Signature.Length + 4 + length];
        Signature.CopyTo(preface);
        preface[12] = VersionAndCommand;
        preface[13] = from.Length == 4 ? TcpOverIPv4 : TcpOverIPv6;
        BinaryPrimitives.WriteUInt16BigEndian(preface.AsSpan(14), (ushort)length);
        from.CopyTo(preface, 16);
        to.CopyTo(preface, 16 + from.Length);
        BinaryPrimitives.WriteUInt16BigEndian(preface.AsSpan(16 + from.Length + to.Length), (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(preface.AsSpan(18 + from.Length + to.Length), (ushort)destination.Port);
        return preface;
    }

    // A socket of both families shows IPv4 addresses in IPv6 clothes.
    private static IPEndPoint Plain(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : new IPEndPoint(new IPAddress(endpoint.Address.GetAddressBytes()), endpoint.Port);
}
