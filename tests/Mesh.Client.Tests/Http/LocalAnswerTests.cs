namespace Mesh.Client.Tests.Http;

/// <summary>Routes that answer by themselves: where redirects point, and faults before them.</summary>
[TestFixture]
public class LocalAnswerTests
{
    private static Task<TestMesh> StartAsync(string rule) => TestMesh.StartAsync(
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: { name: b }
        spec:
          hosts: [b.local]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{ number: 80, name: http, protocol: HTTP }, { number: 8080, name: http-alt, protocol: HTTP }]
          endpoints: [{ address: 10.0.0.1 }]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: b }
        spec:
          hosts: [b.local]
          http:
          - RULE
        """.Replace("RULE", rule, StringComparison.Ordinal));

    [TestCase("{ uri: /new }", "http://b.local/old?x=1", "http://b.local/new?x=1")]
    [TestCase("{ uri: '/new?y=2' }", "http://b.local/old?x=1", "http://b.local/new?y=2")]
    [TestCase("{ scheme: https }", "http://b.local/old", "https://b.local/old")]
    [TestCase("{ scheme: https }", "http://b.local:8080/old", "https://b.local:8080/old")]
    [TestCase("{ scheme: https, port: 443 }", "http://b.local:8080/old", "https://b.local/old")]
    [TestCase("{ scheme: https, port: 8443 }", "http://b.local:8080/old", "https://b.local:8443/old")]
    [TestCase("{ authority: c.local }", "http://b.local:8080/old", "http://c.local/old")]
    [TestCase("{ authority: c.local, derivePort: FROM_REQUEST_PORT }", "http://b.local:8080/old", "http://c.local:8080/old")]
    [TestCase("{ derivePort: FROM_REQUEST_PORT }", "http://b.local:8080/old", "http://b.local:8080/old")]
    [TestCase("{ port: 80 }", "http://b.local:8080/old", "http://b.local/old")]
    public async Task A_redirect_points_where_Envoy_points(string redirect, string url, string location)
    {
        await using var mesh = await StartAsync($"redirect: {redirect}");

        using var response = await mesh.GetAsync(url);

        Assert.That(response.Headers.NonValidated["Location"].ToString(), Is.EqualTo(location));
    }

    [Test]
    public async Task A_host_with_its_own_default_port_keeps_it()
    {
        await using var mesh = await StartAsync("redirect: { derivePort: FROM_REQUEST_PORT }");

        using var response = await mesh.GetAsync("http://b.local/foo", ("Host", "b.local:80"));

        Assert.That(response.Headers.NonValidated["Location"].ToString(), Is.EqualTo("http://b.local:80/foo"));
    }

    [Test]
    public async Task The_default_port_of_a_scheme_that_changes_is_dropped()
    {
        await using var mesh = await StartAsync("redirect: { scheme: https }");

        using var response = await mesh.GetAsync("http://b.local/foo", ("Host", "b.local:80"));

        Assert.That(response.Headers.NonValidated["Location"].ToString(), Is.EqualTo("https://b.local/foo"));
    }

    [TestCase("{ string: closed }")]
    [TestCase("{ bytes: Y2xvc2Vk }")]
    public async Task A_body_of_its_own_is_text(string body)
    {
        await using var mesh = await StartAsync($"directResponse: {{ status: 200, body: {body} }}");

        using var response = await mesh.GetAsync("http://b.local/");

        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/plain"));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("closed"));
    }

    [Test]
    public async Task A_delay_comes_before_the_answer()
    {
        await using var mesh = await StartAsync("directResponse: { status: 204 }\n    fault: { delay: { fixedDelay: 2s, percentage: { value: 100 } } }");

        using var response = await mesh.GetAsync("http://b.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(204));
        Assert.That(mesh.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task An_abort_takes_the_place_of_the_answer()
    {
        await using var mesh = await StartAsync("directResponse: { status: 200 }\n    fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }");

        using var response = await mesh.GetAsync("http://b.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(418));
        Assert.That(response.Headers.GetValues("x-mesh-response-flags").Single(), Is.EqualTo("FI"));
    }
}
