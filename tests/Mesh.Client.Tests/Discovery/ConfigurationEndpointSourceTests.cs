using Mesh.Client.Discovery;
using Mesh.Discovery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mesh.Client.Tests.Discovery;

internal sealed class ConfigurationEndpointSourceTests
{
    private static readonly (string, string?)[] s_catalog =
    [
        ("catalog:https:0", "https://10.0.0.1:8443"),
        ("catalog:https:1", "https://10.0.0.2:8443"),
        ("catalog:http:0", "http://10.0.0.1:8080"),
        ("catalog:admin:0", "https://10.0.0.1:9000"),
        ("single:http", "http://one:81"),
        ("plain:default:0", "10.0.0.9:7000"),
        ("plain:default:1", "https://secure:1"),
        ("plain:default:2", "http://open:1"),
        ("b:default", "http://d:1"),
        ("b:https", "https://s:3"),
        ("bare:https:0", "10.0.0.7"),
        ("v6:http:0", "[fd00::1]:9000"),
    ];

    [TestCase("https+http://catalog", "https://10.0.0.1:8443", "https://10.0.0.2:8443")]
    [TestCase("http+https://catalog", "http://10.0.0.1:8080")]
    [TestCase("http://catalog", "http://10.0.0.1:8080")]
    [TestCase("HTTP://Catalog", "http://10.0.0.1:8080")]
    [TestCase("http://single", "http://one:81")]
    [TestCase("https://_admin.catalog", "https://10.0.0.1:9000")]
    [TestCase("_admin.catalog", "https://10.0.0.1:9000")]
    [TestCase("https+http://plain", "10.0.0.9:7000", "https://secure:1")]
    [TestCase("http://plain", "10.0.0.9:7000", "http://open:1")]
    [TestCase("plain", "10.0.0.9:7000", "https://secure:1", "http://open:1")]
    [TestCase("http://b", "http://d:1")]
    [TestCase("http://v6", "http://fd00::1:9000")]
    public async Task A_name_finds_the_endpoints_of_its_section_and_scheme(string name, params string[] expected)
    {
        await using var watch = Watch(new(s_catalog), name);
        Assert.That(watch.HasNext(), Is.True, "the first list is there without waiting");
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(expected));
    }

    [TestCase("catalog", "https://10.0.0.1:8443", "https://10.0.0.2:8443", TestName = "A_name_without_a_scheme_finds_https_then_http")]
    [TestCase("https://b", "https://s:3", TestName = "A_default_section_that_keeps_nothing_does_not_hide_the_scheme_section")]
    [TestCase("https://bare", "https://10.0.0.7", TestName = "A_value_without_a_scheme_takes_that_of_its_section")]
    [TestCase("https://bare:8443", "https://10.0.0.7:8443", TestName = "The_port_of_the_name_is_that_of_endpoints_without_one")]
    [TestCase("https://catalog:9000", "https://10.0.0.1:8443", "https://10.0.0.2:8443", TestName = "A_port_that_no_endpoint_has_chooses_nothing_away")]
    [TestCase("http://plain:7000", "10.0.0.9:7000", TestName = "A_port_that_an_endpoint_has_chooses_it")]
    public async Task Repaired(string name, params string[] expected)
    {
        await using var watch = Watch(new(s_catalog), name);
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(expected));
    }

    [TestCase("https://single")]
    [TestCase("_nothing.catalog")]
    [TestCase("https://unknown")]
    public async Task A_name_that_nothing_fits_is_not_known(string name)
    {
        await using var watch = Watch(new(s_catalog), name);
        Assert.That(await watch.NextAsync(), Is.EqualTo(EndpointUpdate.NotFound));
    }

    [Test]
    public async Task Allowed_schemes_narrow_what_a_name_may_ask_for()
    {
        await using var bare = Watch(new(s_catalog), "catalog", allowed: "https");
        await using var both = Watch(new(s_catalog), "http+https://catalog", allowed: "https");
        await using var forbidden = Watch(new(s_catalog), "http://catalog", allowed: "https");
        Assert.That((await bare.NextAsync()).Text(), Is.EqualTo(["https://10.0.0.1:8443", "https://10.0.0.2:8443"]));
        Assert.That((await both.NextAsync()).Text(), Is.EqualTo(["https://10.0.0.1:8443", "https://10.0.0.2:8443"]));
        Assert.That((await forbidden.NextAsync()).Exists, Is.False);
    }

    [Test]
    public async Task A_reload_gives_the_new_list_and_an_unrelated_one_gives_none()
    {
        var configuration = new ReloadableConfiguration(s_catalog);
        await using var watch = Watch(configuration, "http://catalog");
        await watch.NextAsync();

        Assert.That(watch.HasNext(), Is.False);
        configuration.Set([.. s_catalog, ("other:http", "http://x")]);
        configuration.Set(("catalog:http:0", "http://10.0.0.3:8080"));
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["http://10.0.0.3:8080"]), "the next update is the changed list, not the same one again");

        configuration.Set();
        Assert.That((await watch.NextAsync()).Exists, Is.False);
    }

    [Test]
    public async Task A_service_that_is_added_later_is_found()
    {
        var configuration = new ReloadableConfiguration();
        await using var watch = Watch(configuration, "http://catalog");
        Assert.That((await watch.NextAsync()).Exists, Is.False);
        configuration.Set(s_catalog);
        Assert.That((await watch.NextAsync()).Text(), Is.EqualTo(["http://10.0.0.1:8080"]));
    }

    [TestCase("::::")]
    [TestCase("http://")]
    [TestCase("")]
    [TestCase("host:port")]
    public async Task A_bad_value_is_a_problem_with_its_path_and_the_others_are_used(string bad)
    {
        await using var watch = Watch(new(("catalog:http:0", "http://good:1"), ("catalog:http:1", bad)), "http://catalog");
        var update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo(["http://good:1"]));
        Assert.That(update.Problem, Does.StartWith("Services:catalog:http:1: ").And.Contain("Write host:port"));
    }

    [Test]
    public async Task The_last_good_version_of_a_value_that_turns_bad_stays_in_use()
    {
        var configuration = new ReloadableConfiguration(("catalog:http:0", "http://a:1"), ("catalog:http:1", "http://b:1"));
        await using var watch = Watch(configuration, "http://catalog");
        await watch.NextAsync();

        configuration.Set(("catalog:http:0", "http://a2:1"), ("catalog:http:1", "::::"));
        var update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo(["http://a2:1", "http://b:1"]));
        Assert.That(update.Problem, Does.EndWith("Its last good value stays in use."));

        configuration.Set(("catalog:http:0", "http://a2:1"), ("catalog:http:1", "http://b2:1"));
        update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo(["http://a2:1", "http://b2:1"]));
        Assert.That(update.Problem, Is.Null);
    }

    [Test]
    public async Task A_service_with_only_bad_values_exists_without_endpoints()
    {
        await using var watch = Watch(new(("catalog:http", "::::")), "http://catalog");
        var update = await watch.NextAsync();
        Assert.That(update, Is.EqualTo(new EndpointUpdate([]) { Problem = update.Problem }));
        Assert.That(update.Problem, Does.StartWith("Services:catalog:http: '::::' is not an endpoint."));
    }

    [Test]
    public async Task A_key_that_is_no_number_is_a_problem_that_shows_the_form()
    {
        await using var watch = Watch(new(("catalog:http:first", "http://a:1"), ("catalog:http:1", "http://b:1")), "http://catalog");
        var update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo(["http://b:1"]));
        Assert.That(update.Problem, Does.Contain("Services:catalog:http:first").And.Contain("Services:catalog:http:0"));
    }

    [Test]
    public async Task A_path_in_a_value_is_named_as_unused()
    {
        await using var watch = Watch(new(("catalog:http:0", "http://a:1/base")), "http://catalog");
        var update = await watch.NextAsync();
        Assert.That(update.Text(), Is.EqualTo(["http://a:1"]));
        Assert.That(update.Problem, Does.Contain("'/base'").And.Contain("rewrite.uri"));
    }

    [Test]
    public async Task A_watch_holds_one_registration_until_it_is_cancelled()
    {
        var configuration = new ReloadableConfiguration(s_catalog);
        for (var i = 0; i < 100; i++)
        {
            await using var watch = Watch(configuration, "http://catalog");
            await watch.NextAsync();
            Assert.That(watch.HasNext(), Is.False);
            configuration.Set(("catalog:http:0", $"http://10.0.0.3:{i + 1}"));
            await watch.NextAsync();
            Assert.That(configuration.Listeners, Is.EqualTo(1));
        }

        Assert.That(configuration.Listeners, Is.Zero);
    }

    private static WatchProbe Watch(ReloadableConfiguration configuration, string name, string? allowed = null)
    {
        var options = new ConfigurationEndpointOptions();
        if (allowed is not null)
        {
            options.AllowedSchemes.Add(allowed);
        }

        return new(new ConfigurationEndpointSource(configuration, Options.Create(options), NullLogger<ConfigurationEndpointSource>.Instance), name);
    }
}
