using System.Net;
using System.Net.Sockets;
using System.Text;
using Mesh.Client.Transport;
using Mesh.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.Tests.Transport;

[TestFixture]
public class ProxyPrefaceTests
{
    private static readonly IPEndPoint s_from = new(IPAddress.Parse("10.0.0.7"), 51234);
    private static readonly IPEndPoint s_to = new(IPAddress.Parse("::ffff:10.0.0.1"), 80);

    [Test]
    public void Version_1_is_a_line() =>
        Assert.That(Encoding.ASCII.GetString(ProxyPreface.Create(ProxyProtocol.V1, s_from, s_to)), Is.EqualTo("PROXY TCP4 10.0.0.7 10.0.0.1 51234 80\r\n"));

    [Test]
    public void Version_1_names_the_family()
    {
        var address = new IPEndPoint(IPAddress.Parse("fe80::1%3"), 1);

        Assert.That(Encoding.ASCII.GetString(ProxyPreface.Create(ProxyProtocol.V1, address, address)), Is.EqualTo("PROXY TCP6 fe80::1 fe80::1 1 1\r\n"));
    }

    [Test]
    public void Version_2_is_binary() =>
        Assert.That(Convert.ToHexString(ProxyPreface.Create(ProxyProtocol.V2, s_from, s_to)), Is.EqualTo("0D0A0D0A000D0A515549540A" + "2111000C" + "0A000007" + "0A000001" + "C822" + "0050"));

    [Test]
    public async Task A_connection_begins_with_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var mesh = StandaloneMesh.Create(m => m.AddConfigSource(Source(port)));
        using var client = new HttpClient(mesh.CreateHandler());
        var sending = client.GetAsync("http://raw.local/");

        using var connection = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(connection.GetStream());
        var preface = await reader.ReadLineAsync();
        var request = await reader.ReadLineAsync();
        await connection.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        using var response = await sending;

        Assert.That(preface, Does.StartWith("PROXY TCP4 127.0.0.1 127.0.0.1 ").And.EndsWith($" {port}"));
        Assert.That(request, Is.EqualTo("GET / HTTP/1.1"));
    }

    private static Configuration.Sources.InMemoryConfigSource Source(int port)
    {
        var source = new Configuration.Sources.InMemoryConfigSource();
        source.Update($"""
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {"{"} name: raw {"}"}
            spec:
              hosts: [raw.local]
              resolution: STATIC
              ports: [{"{"} number: 80, name: http, protocol: HTTP, targetPort: {port} {"}"}]
              endpoints: [{"{"} address: 127.0.0.1 {"}"}]
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {"{"} name: raw {"}"}
            spec:
              host: raw.local
              trafficPolicy: {"{"} proxyProtocol: {"{"} version: V1 {"}"} {"}"}
            """);
        return source;
    }
}
