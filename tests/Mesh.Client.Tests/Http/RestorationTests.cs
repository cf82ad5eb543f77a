using System.Net.Http.Headers;
using System.Text;
using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>After a call the caller's message, content included, is as it was before.</summary>
[TestFixture]
public class RestorationTests
{
    private static string Rules(string retries) => TestMesh.Service("orders.local", "10.0.0.1", "10.0.0.2") + $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http:
          - headers:
              request:
                set: { content-type: application/changed, x-set: '1' }
                remove: [content-language, x-mine]
            {{retries}}
            route: [{ destination: { host: orders.local } }]
        """;

    [Test]
    public async Task Headers_of_the_content_are_edited_for_the_call_and_restored([Values] bool streamed, [Values("retries: { attempts: 0 }", "retries: { attempts: 1, retryOn: 5xx }")] string retries)
    {
        await using var mesh = await TestMesh.StartAsync(Rules(retries));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(503));
        mesh.Network.Script("10.0.0.2:80", ScriptedAnswer.Status(503));
        HttpContent content = streamed ? new StreamContent(new MemoryStream("body"u8.ToArray())) : new ByteArrayContent("body"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = Encoding.UTF8.WebName };
        content.Headers.ContentLanguage.Add("de");
        var request = new HttpRequestMessage(HttpMethod.Put, "http://orders.local/") { Content = content };
        request.Headers.Add("x-mine", ["a", "b"]);
        var (headers, contentHeaders) = (request.Headers.ToString(), content.Headers.ToString());

        await mesh.SendAsync(request);

        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(retries.Contains('0', StringComparison.Ordinal) ? 1 : 2));
        foreach (var seen in mesh.Network.Requests)
        {
            Assert.That(seen.Headers["Content-Type"], Is.EqualTo("application/changed"));
            Assert.That(seen.Headers["x-set"], Is.EqualTo("1"));
            Assert.That(seen.Headers.Keys, Has.None.EqualTo("Content-Language").And.None.EqualTo("x-mine"));
        }

        Assert.That(request.Content, Is.SameAs(content));
        Assert.That(content.Headers.ToString(), Is.EqualTo(contentHeaders));
        Assert.That(request.Headers.ToString(), Is.EqualTo(headers));
    }
}
