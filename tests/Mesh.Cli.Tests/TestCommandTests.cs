using System.Xml.Linq;

namespace Mesh.Cli.Tests;

public sealed class TestCommandTests
{
    private Meshctl _meshctl = null!;

    [SetUp]
    public void SetUp()
    {
        _meshctl = new Meshctl();
        _meshctl.File("mesh/reviews.yaml", Reviews.Yaml);
    }

    [TearDown]
    public void TearDown() => _meshctl.Dispose();

    [Test]
    public async Task Tests_that_hold_pass()
    {
        var result = await RunAsync("""
            - name: Jason
              request: GET http://reviews:9080/reviews/0
              headers: { end-user: jason }
              expect: { outcome: route, rule: testers, config: VirtualService default/reviews, destinations: [{ host: reviews.default, subset: v2, port: 9080 }] }
            - name: the old place
              request: http://reviews/old/1?x=1
              expect: { outcome: redirect, status: 302, redirect: "http://reviews/new?x=1", rule: 1 }
            - name: everybody
              request: http://reviews/
              expect: { timeout: 1s, retries: 2, authority: reviews.internal, headers: { x-a: "1" }, absentHeaders: [x-b], mirrors: [] }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.Zero, result.Output);
            Assert.That(result.Lines[^1], Is.EqualTo("3 passed, 0 failed"));
        }
    }

    [Test]
    public async Task A_test_that_fails_shows_what_was_expected_what_is_there_and_the_way_to_it()
    {
        var junit = Path.Combine(_meshctl.Folder, "results.xml");
        var result = await RunAsync(
            """
            - name: everybody
              request: http://reviews/
              expect: { timeout: 2s, destinations: [{ host: reviews, subset: v1, share: 100 }] }
            - name: Jason
              request: http://reviews/
              headers: { end-user: jason }
              expect: { rule: testers }
            """,
            "--junit",
            junit);
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Lines[1..], Is.EqualTo(new[]
        {
            "FAIL  everybody (line 3)",
            "destinations",
            "- 100 % reviews, subset v1",
            "+ 80 % reviews.default.svc.cluster.local:80, subset v1",
            "+ 20 % reviews.default.svc.cluster.local:80, subset v3, answered with 503",
            "timeout",
            "- 2s",
            "+ 1s",
            "✗ VirtualService default/reviews rule 0 match 0: header end-user: exact \"jason\" ≠ absent",
            "✗ VirtualService default/reviews rule 1 match 0: path: prefix \"/old\" ≠ \"/\"",
            "✓ VirtualService default/reviews rule 2: the rule has no conditions",
            "answered with 503: no DestinationRule defines subset v3 of reviews.default.svc.cluster.local",
            "pass  Jason",
            "1 passed, 1 failed",
        }));
        var suite = XDocument.Load(junit).Root!.Element("testsuite")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(suite.Attribute("tests")!.Value, Is.EqualTo("2"));
            Assert.That(suite.Attribute("failures")!.Value, Is.EqualTo("1"));
            Assert.That(suite.Elements("testcase").Select(static c => c.Element("failure")?.Attribute("message")?.Value), Is.EqualTo(new[] { "destinations, timeout", null }));
        }
    }

    [Test]
    public async Task JUnit_stays_XML_whatever_a_test_is_called()
    {
        var junit = Path.Combine(_meshctl.Folder, "results.xml");
        await RunAsync("""- { name: "bell \x07 & <tag>", request: http://reviews/, expect: { outcome: notFound } }""", "--junit", junit);

        Assert.That(XDocument.Load(junit).Descendants("testcase").Single().Attribute("name")!.Value, Is.EqualTo("bell \uFFFD & <tag>"));
    }

    [Test]
    public async Task Configuration_that_is_not_valid_fails_the_run()
    {
        _meshctl.File("mesh/ratings.yaml", Reviews.Broken);
        var result = await RunAsync("- { name: a, request: http://reviews/, expect: { outcome: route } }");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.EqualTo(1));
            Assert.That(result.Output, Does.Contain("VirtualService default/ratings"));
        }
    }

    [Test]
    public async Task Mistakes_in_the_file_of_tests_are_named_with_their_place()
    {
        var result = await RunAsync("- { name: a, request: http://reviews/, expect: { outcom: route } }");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.EqualTo(1));
            Assert.That(result.Output, Does.Contain("routing.tests.yaml:3:").And.Contain("did you mean 'outcome'"));
        }
    }

    [TestCase("Shop")]
    [TestCase("Bookinfo")]
    public async Task The_promises_of_the_samples_hold(string sample)
    {
        var result = await Meshctl.RunAsync("test", Path.Combine(Repository.Root, "samples", sample, "routing.tests.yaml"));
        Assert.That(result.Code, Is.Zero, result.Output);
    }

    private Task<MeshctlResult> RunAsync(string tests, params string[] more) =>
        Meshctl.RunAsync(["test", _meshctl.File("routing.tests.yaml", "config: [mesh]\ntests:\n" + tests), .. more]);
}
