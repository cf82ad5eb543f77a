using Mesh.Client.DependencyInjection;
using Mesh.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mesh.Client.Tests.DependencyInjection;

/// <summary>Mesh-wide defaults come from a file that the options name.</summary>
[TestFixture]
public class MeshConfigPathTests
{
    private string _file = "";

    [SetUp]
    public void Create() => _file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"mesh-{Guid.NewGuid():N}.yaml");

    [TearDown]
    public void Delete() => File.Delete(_file);

    private Task<TestMesh> StartAsync(string text)
    {
        File.WriteAllText(_file, text);
        return TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1"), options: options => options.MeshConfigPath = _file);
    }

    [Test]
    public async Task The_file_refuses_unknown_hosts_for_the_mesh()
    {
        await using var mesh = await StartAsync("outboundTrafficPolicy: { mode: REGISTRY_ONLY }");

        using var response = await mesh.GetAsync("http://elsewhere.example.com/");

        Assert.That((int)response.StatusCode, Is.EqualTo(502));
    }

    [Test]
    public async Task Its_retries_apply_to_a_service_without_rules()
    {
        await using var mesh = await StartAsync("defaultHttpRetryPolicy: { attempts: 3, retryOn: '503', backoff: 1ms }");
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(503));

        using var response = await mesh.GetAsync("http://orders.local/");

        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Its_DNS_refresh_rate_is_used()
    {
        await using var mesh = await StartAsync("dnsRefreshRate: 7s");

        Assert.That(mesh.Runtime.Options.DnsRefreshRate, Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    [Test]
    public async Task What_does_not_act_is_among_the_problems()
    {
        await using var mesh = await StartAsync("ingressClass: istio");

        Assert.That(mesh.Mesh.Problems.Select(static p => p.ToString()), Has.Some.Contains("ingressClass"));
    }

    [Test]
    public void Both_options_are_read_from_the_section()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Mesh:MeshConfigPath"] = "mesh.yaml", ["Mesh:AcceptEnvoyHeaders"] = "true" }).Build().GetSection("Mesh");
        var options = new MeshOptions();

        new MeshOptionsReader(section).Configure(options);

        Assert.That((options.MeshConfigPath, options.AcceptEnvoyHeaders), Is.EqualTo(("mesh.yaml", true)));
    }

    [Test]
    public void A_switch_that_is_neither_true_nor_false_is_refused()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Mesh:AcceptEnvoyHeaders"] = "yes" }).Build().GetSection("Mesh");

        Assert.That(() => new MeshOptionsReader(section).Configure(new MeshOptions()), Throws.InstanceOf<OptionsValidationException>());
    }
}
