using Mesh.Client.Balancing;
using Mesh.Client.Resilience;
using Mesh.Model;
using Mesh.Testing;

namespace Mesh.Client.Tests.Resilience;

/// <summary>The pause a server asks for takes the place of the back-off, once.</summary>
[TestFixture]
public class ServerPauseTests
{
    private const string Rule = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http:
          - route: [{ destination: { host: orders.local } }]
            retries: { attempts: 2, retryOn: unavailable }
        """;

    [Test]
    public async Task Push_back_is_waited_out()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1") + Rule);
        mesh.Network.Script(
            "10.0.0.1:80",
            ScriptedAnswer.Status(200).WithHeader("grpc-status", "14").WithHeader("grpc-retry-pushback-ms", "5000"),
            ScriptedAnswer.Status(200).WithHeader("grpc-status", "0"));

        using var response = await mesh.SendAsync(Call());

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("0"));
        Assert.That(mesh.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [TestCase("-1")]
    [TestCase("soon")]
    public async Task Push_back_may_forbid_retries(string value)
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1") + Rule);
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(200).WithHeader("grpc-status", "14").WithHeader("grpc-retry-pushback-ms", value));

        using var response = await mesh.SendAsync(Call());

        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("retry-after", "2", 2, ExpectedResult = true)]
    [TestCase("retry-after", "400", 0, ExpectedResult = false)]
    [TestCase("x-other", "2", 0, ExpectedResult = false)]
    public bool Reset_headers_within_the_bound_count(string name, string value, int seconds)
    {
        var policy = new RetryPolicy { RateLimitedBackoff = new RateLimitedBackoff([new ResetHeader("retry-after", ResetHeaderFormat.Seconds)]) };
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(name, value);

        ServerPause.Allows(response, policy, TimeProvider.System, new SeededRandomSource(1), out var pause);

        Assert.That(pause is null || (pause >= TimeSpan.FromSeconds(seconds) && pause < TimeSpan.FromSeconds(seconds * 1.5)));
        return pause is not null;
    }

    private static HttpRequestMessage Call() => new(HttpMethod.Post, "http://orders.local/Shop/Order")
    {
        Version = System.Net.HttpVersion.Version20,
        Content = new ByteArrayContent([0]) { Headers = { ContentType = new("application/grpc") } },
    };
}
