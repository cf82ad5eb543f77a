namespace Mesh.Client.Tests.Http;

/// <summary>Who has the last word on the authority: the rule (by rewrite or by header; both is an error), then the destination, then the request.</summary>
[TestFixture]
public class AuthorityTests
{
    [TestCase(true, false, true, "rewritten.local")]
    [TestCase(true, false, false, "rewritten.local")]
    [TestCase(false, true, true, "rule.local")]
    [TestCase(false, false, true, "destination.local")]
    [TestCase(false, false, false, "mine.local")]
    public async Task The_first_that_speaks_decides(bool rewrite, bool rule, bool destination, string expected)
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1") + $$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: { name: orders }
            spec:
              hosts: [orders.local]
              http:
              - route:
                - destination: { host: orders.local }
                  {{(destination ? "headers: { request: { set: { host: destination.local } } }" : "")}}
                {{(rule ? "headers: { request: { set: { ':authority': rule.local } } }" : "")}}
                {{(rewrite ? "rewrite: { authority: rewritten.local }" : "")}}
            """);
        var request = new HttpRequestMessage(HttpMethod.Get, "http://orders.local/");
        request.Headers.Host = "mine.local";

        await mesh.SendAsync(request);

        Assert.That(mesh.Network.Requests.Single().Headers["Host"], Is.EqualTo(expected));
        Assert.That(request.Headers.Host, Is.EqualTo("mine.local"), "the caller's message is as before");
    }
}
