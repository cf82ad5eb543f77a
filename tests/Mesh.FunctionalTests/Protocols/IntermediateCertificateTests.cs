using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mesh.Testing;
using Mesh.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.FunctionalTests.Protocols;

/// <summary>Both sides know the root alone, and each shows a certificate of an authority below it: they must send that one's along.</summary>
public sealed class IntermediateCertificateTests
{
    [Test]
    public async Task Certificates_between_travel_in_both_directions([Values] bool fromFiles)
    {
        using var root = new TestCertificates();
        using var issuing = new IssuingAuthority(root.Authority);
        using var certificate = issuing.Issue("catalog.internal");
        using var client = issuing.Issue("shop.internal");
        using var files = new CertificateFiles();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeOneAsync(listener, certificate, issuing);

        var chain = $"{client.ExportCertificatePem()}\n{issuing.Certificate.ExportCertificatePem()}\n";
        var source = fromFiles
            ? $"clientCertificate: {files.Write("chain.pem", chain)}, privateKey: {files.Write("chain.key", SecretYaml.KeyOf(client))}, caCertificates: {files.Authority(root)}"
            : "credentialName: shop";
        var yaml = Yaml.Service("catalog", "HTTP", (((IPEndPoint)listener.LocalEndpoint).Port, "")) + $$"""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: { name: catalog }
            spec:
              host: catalog
              workloadSelector: { matchLabels: { app: shop } }
              trafficPolicy: { tls: { mode: MUTUAL, sni: catalog.internal, {{source}} } }
            """ + Yaml.End + SecretYaml.Of("shop", ("tls.crt", chain), ("tls.key", SecretYaml.KeyOf(client)), ("ca.crt", root.Authority.ExportCertificatePem()));
        await using var mesh = await FunctionalMesh.StartAsync(yaml, static (_, builder) => builder.Configure(static options => options.Labels["app"] = "shop"));

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("ok"));
        await served.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task ServeOneAsync(TcpListener listener, X509Certificate2 certificate, IssuingAuthority issuing)
    {
        using var socket = await listener.AcceptSocketAsync();
        await using var stream = new SslStream(new NetworkStream(socket));
        using var bare = X509CertificateLoader.LoadCertificate(issuing.Certificate.RawData);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [bare], offline: true),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, chain, _) => issuing.Trusts((X509Certificate2)shown!, chain!.ChainPolicy.ExtraStore),
        });
        var buffer = new byte[4096];
        Assert.That(await stream.ReadAsync(buffer), Is.Positive);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
    }
}
