using System.Net;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Policies;

/// <summary>Which connections clusters share, and which they have to themselves.</summary>
public sealed class PoolTests
{
    [Test]
    public async Task Subsets_with_limits_of_their_own_keep_their_connections_to_an_endpoint_they_share()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", server)
            + """
              apiVersion: networking.istio.io/v1
              kind: DestinationRule
              metadata: { name: catalog }
              spec:
                host: catalog
                subsets:
                - { name: patient, trafficPolicy: { connectionPool: { tcp: { connectTimeout: 9s } } } }
                - { name: hasty, trafficPolicy: { connectionPool: { tcp: { connectTimeout: 2s } } } }
              ---

              """
            + Yaml.Routes(
                "catalog",
                "  - { match: [{ uri: { prefix: /patient } }], route: [{ destination: { host: catalog, subset: patient } }] }\n"
                + "  - { route: [{ destination: { host: catalog, subset: hasty } }] }"));
        using var client = mesh.Client();
        for (var i = 0; i < 4; i++)
        {
            using var patient = await client.GetAsync(new Uri("http://catalog/patient"));
            using var hasty = await client.GetAsync(new Uri("http://catalog/hasty"));
            Assert.That((patient.StatusCode, hasty.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        }

        Assert.That(server.ConnectionCount, Is.EqualTo(2), "one for each, none opened anew");
    }
}
