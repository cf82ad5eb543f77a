using System.Net;
using Mesh.Client.Http;
using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>Which redirects are followed, and by whose wish.</summary>
[TestFixture]
public class RedirectStageTests
{
    [TestCase("http://a/x", "http://b/", "http://b/")]
    [TestCase("http://a/x", "https://b/", "https://b/")]
    [TestCase("http://a/x", "y", "http://a/y")]
    [TestCase("http://a/x#part", "/y", "http://a/y#part")]
    [TestCase("https://a/x", "https://b/", "https://b/")]
    [TestCase("https://a/x", "http://b/", null, Description = "never from a secure connection to an insecure one")]
    public void A_location_is_followed_where_it_is_safe(string from, string location, string? target)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.Location = new Uri(location, UriKind.RelativeOrAbsolute);

        Assert.That(RedirectStage.Target(new Uri(from), response)?.AbsoluteUri, Is.EqualTo(target));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_handler_of_the_application_decides(bool follows)
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1"));
        HttpMessageHandler[] handlers = [new HttpClientHandler { AllowAutoRedirect = follows }, new SocketsHttpHandler { AllowAutoRedirect = follows }];
        foreach (var handler in handlers)
        {
            using var client = new HttpMessageInvoker(mesh.Mesh.CreateHandler(handler));
            mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(302).WithHeader("Location", "/next"), ScriptedAnswer.Status(200));

            using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);

            Assert.That(response.StatusCode, Is.EqualTo(follows ? HttpStatusCode.OK : HttpStatusCode.Found), handler.GetType().Name);
        }
    }
}
