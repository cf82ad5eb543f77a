using System.Text.Json;

namespace Mesh.Cli.Tests;

public sealed class FindingCommandTests
{
    private const string Rule = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: orders
        spec:
          hosts: [orders]
          http:
          - route:
            - destination: {host: ordres}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: orders
        spec:
          ports: [{name: http, port: 80}]
        """;

    private Meshctl _files = null!;

    [SetUp]
    public void SetUp() => _files = new Meshctl();

    [TearDown]
    public void TearDown() => _files.Dispose();

    [Test]
    public async Task Validate_prints_an_entry_for_each_document()
    {
        var path = _files.File("mesh.yaml", Rule.Replace("http:\n  - route", "htp:\n  - route", StringComparison.Ordinal));
        var result = await Meshctl.RunAsync("validate", path, "-o", "json");

        Assert.That(result.Code, Is.EqualTo(ExitCodes.Findings));
        using var json = JsonDocument.Parse(result.Output);
        var (rule, service) = (json.RootElement[0], json.RootElement[1]);
        Assert.That(rule.EnumerateObject().Select(static p => p.Name), Is.EqualTo(["file", "line", "kind", "namespace", "name", "valid", "errors", "warnings"]));
        Assert.That(rule.GetProperty("valid").GetBoolean(), Is.False);
        Assert.That(rule.GetProperty("errors")[0].GetProperty("path").GetString(), Does.StartWith("spec"));
        Assert.That((service.GetProperty("kind").GetString(), service.GetProperty("name").GetString(), service.GetProperty("valid").GetBoolean(), service.GetProperty("line").GetInt32()), Is.EqualTo(("Service", "orders", true, 11)));
    }

    [Test]
    public async Task Validate_for_people_names_place_and_field_and_sums_up()
    {
        var path = _files.File("mesh.yaml", Rule);
        var valid = await Meshctl.RunAsync("validate", path);

        Assert.That((valid.Code, valid.Lines[^1]), Is.EqualTo((ExitCodes.Ok, "2 documents: all valid.")));
        var broken = await Meshctl.RunAsync("validate", _files.File("broken.yaml", Rule.Replace("hosts: [orders]", "hosts: ['or ders']", StringComparison.Ordinal)));
        Assert.That(broken.Lines[0], Does.Contain("broken.yaml:6").And.Contain("error: VirtualService default/orders: spec.hosts"));
        Assert.That(broken.Code, Is.EqualTo(ExitCodes.Findings));
    }

    [Test]
    public async Task Validate_checks_a_MeshConfig_that_does_not_say_what_it_is()
    {
        var config = _files.File("meshconfig.yaml", "conectTimeout: 1s\nproxyListenPort: 0");
        var result = await Meshctl.RunAsync("validate", "--mesh-config", config, "-o", "json");

        Assert.That(result.Code, Is.EqualTo(ExitCodes.Findings));
        using var json = JsonDocument.Parse(result.Output);
        var mesh = json.RootElement[0];
        Assert.That(
            (mesh.GetProperty("kind").GetString(), mesh.GetProperty("errors")[0].GetProperty("path").GetString(), mesh.GetProperty("warnings")[0].GetProperty("path").GetString()),
            Is.EqualTo(("MeshConfig", "proxyListenPort", "conectTimeout")));
        Assert.That((await Meshctl.RunAsync("validate", _files.File("mesh.yaml", Rule), "--mesh-config", _files.File("empty.yaml", "{}"))).Lines[^1], Is.EqualTo("3 documents: all valid."));
        Assert.That((await Meshctl.RunAsync("validate")).Code, Is.EqualTo(ExitCodes.Usage));
    }

    [Test]
    public async Task Analyze_prints_messages_for_programs_and_for_people()
    {
        var path = _files.File("mesh.yaml", Rule);
        var result = await Meshctl.RunAsync("analyze", path, "-o", "json");

        Assert.That(result.Code, Is.EqualTo(ExitCodes.Findings));
        using var json = JsonDocument.Parse(result.Output);
        var message = json.RootElement[0];
        Assert.That(message.EnumerateObject().Select(static p => p.Name), Is.EqualTo(["code", "name", "level", "resource", "message", "file", "line"]));
        Assert.That(
            (message.GetProperty("code").GetString(), message.GetProperty("level").GetString(), message.GetProperty("resource").GetString(), message.GetProperty("line").GetInt32()),
            Is.EqualTo(("IST0101", "Error", "VirtualService default/orders", 9)));

        var text = await Meshctl.RunAsync("analyze", path);
        Assert.That(text.Lines[0], Does.EndWith("mesh.yaml:9:21: error IST0101 ReferencedResourceNotFound VirtualService default/orders"));
        Assert.That(text.Output, Does.Not.Contain("\u001b"), "no colour when it is not a terminal");
    }

    [Test]
    public async Task Analyze_looks_only_for_the_codes_it_is_given()
    {
        var path = _files.File("mesh.yaml", Rule);

        Assert.That((await Meshctl.RunAsync("analyze", path, "--only", "MESH1001,IST0130")).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That((await Meshctl.RunAsync("analyze", path, "--only", "IST9999")).Code, Is.EqualTo(ExitCodes.Usage));
    }

    [Test]
    public async Task Analyze_takes_analyzers_by_name_too()
    {
        var result = await Meshctl.RunAsync("analyze", _files.File("mesh.yaml", Rule), "--only", "virtualservice.DestinationHostAnalyzer");

        Assert.That((result.Code, result.Lines[0].Contains("IST0101", StringComparison.Ordinal)), Is.EqualTo((ExitCodes.Findings, true)));
    }

    [Test]
    public async Task Analyze_says_what_was_not_asked_and_why()
    {
        const string rules = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: orders}
            spec: {hosts: [orders], http: [{route: [{destination: {host: orders, subset: v1}}, {destination: {host: stock}}]}]}
            """;

        var result = await Meshctl.RunAsync("analyze", _files.File("mesh.yaml", rules));
        Assert.That(result.Output, Does.Contain("no Services, ServiceEntries").And.Contain("no DestinationRules").And.Contain("no Pods"));
        var part = await Meshctl.RunAsync("analyze", _files.File("part.yaml", $"{rules}\n---\n{Rule[(Rule.IndexOf("---", StringComparison.Ordinal) + 4)..].Replace("name: orders", "name: other", StringComparison.Ordinal)}"));
        Assert.That(part.Output, Does.Contain("too few of the services"));
        Directory.CreateDirectory(Path.Combine(_files.Folder, "empty"));
        var empty = await Meshctl.RunAsync("analyze", Path.Combine(_files.Folder, "empty"));
        Assert.That((empty.Code, empty.Output.Trim()), Is.EqualTo((ExitCodes.Ok, "0 documents: nothing to look at.")));
    }

    [TestCase("nowhere.yaml", "does not exist")]
    [TestCase("", "is not a file")]
    public async Task MeshConfig_has_to_be_a_file(string name, string problem)
    {
        var result = await Meshctl.RunAsync("analyze", _files.File("mesh.yaml", Rule), "--mesh-config", Path.Combine(_files.Folder, name));

        Assert.That(result.Code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(result.Error, Does.Contain(problem));
    }

    [TestCase("validate")]
    [TestCase("analyze")]
    [TestCase("status")]
    public async Task An_option_that_does_not_exist_is_not_taken_for_a_file(string command)
    {
        var result = await Meshctl.RunAsync(command, _files.File("mesh.yaml", Rule), "--nonsense");

        Assert.That((result.Code, result.Output), Is.EqualTo((ExitCodes.Usage, "")));
        Assert.That(result.Error, Does.Contain("there is no option --nonsense"));
    }

    [Test]
    public async Task Analyze_reads_MeshConfig_from_a_file()
    {
        var path = _files.File("telemetry.yaml", """
            apiVersion: telemetry.istio.io/v1
            kind: Telemetry
            metadata: {name: logging}
            spec:
              accessLogging: [{}]
            """);
        var config = _files.File("meshconfig.yaml", "defaultProviders: {accessLogging: [envoy]}");

        Assert.That((await Meshctl.RunAsync("analyze", path)).Output, Does.Contain("IST0157"));
        Assert.That((await Meshctl.RunAsync("analyze", path, "--mesh-config", config)).Output, Does.Not.Contain("IST0157"));
    }

    [TestCase("validate")]
    [TestCase("analyze")]
    public async Task A_path_that_does_not_exist_is_a_usage_error(string command)
    {
        var result = await Meshctl.RunAsync(command, Path.Combine(_files.Folder, "nowhere"));

        Assert.That(result.Code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(result.Error, Does.Contain("does not exist"));
    }

    [Test]
    public async Task Schema_describes_a_kind_with_its_documentation()
    {
        var result = await Meshctl.RunAsync("schema", "VirtualService");

        using var json = JsonDocument.Parse(result.Output);
        var rule = json.RootElement.GetProperty("properties").GetProperty("spec").GetProperty("properties").GetProperty("http").GetProperty("items").GetProperty("properties");
        Assert.That(rule.GetProperty("timeout").GetProperty("description").GetString(), Does.Contain("retries"));
        Assert.That(rule.GetProperty("timeout").GetProperty("pattern").GetString(), Is.Not.Empty);
        Assert.That(rule.GetProperty("redirect").GetProperty("properties").TryGetProperty("derivePort", out _), Is.True);
    }

    [Test]
    public async Task Schema_of_everything_has_a_definition_for_each_kind()
    {
        using var json = JsonDocument.Parse((await Meshctl.RunAsync("schema")).Output);
        var kinds = json.RootElement.GetProperty("definitions").EnumerateObject().Select(static d => d.Name);

        Assert.That(kinds, Is.SupersetOf(["VirtualService.networking.istio.io", "Gateway.networking.istio.io", "Gateway.gateway.networking.k8s.io", "HTTPRoute.gateway.networking.k8s.io"]));
        Assert.That((await Meshctl.RunAsync("schema", "Gateway")).Code, Is.EqualTo(ExitCodes.Usage), "two groups have the kind");
        Assert.That((await Meshctl.RunAsync("schema", "Nothing")).Code, Is.EqualTo(ExitCodes.Usage));
    }
}
