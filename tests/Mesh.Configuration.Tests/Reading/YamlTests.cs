using System.Text;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Tests.Reading;

public class YamlTests
{
    [Test]
    public void A_syntax_error_names_its_place_and_costs_only_its_document()
    {
        var yaml = FruitKind.Yaml("apple", "colour: red") + "---\n" + "kind: Fruit\nmetadata: {name: [}\n" + "---\n" + FruitKind.Yaml("pear", "colour: green");
        var results = FruitKind.ReadYaml(yaml);
        Assert.Multiple(() =>
        {
            Assert.That(results.Select(r => r.Key?.Name), Is.EqualTo(new[] { "apple", null, "pear" }));
            Assert.That(results[1].Problems.Single().ToString(), Does.StartWith("fruit.yaml:9:19: error: not valid YAML: "));
            Assert.That(results[2].Document!.Position.Line, Is.EqualTo(11));
            Assert.That(results[2].Document!.PositionOf("spec.colour").Line, Is.EqualTo(16));
        });
    }

    [Test]
    public void A_field_written_twice_is_an_error_with_both_lines()
    {
        var problem = FruitKind.OneProblem("colour: red\nweight: 3\ncolour: green");
        Assert.Multiple(() =>
        {
            Assert.That(problem.Message, Is.EqualTo("'colour' is written twice; the first one stands in line 6"));
            Assert.That(problem.Line, Is.EqualTo(8));
            Assert.That(problem.Name, Is.EqualTo("apple"));
        });
    }

    [Test]
    public void A_repeated_field_is_found_in_a_long_mapping_too()
    {
        var labels = string.Join('\n', Enumerable.Range(0, 50).Select(i => $"  l{i}: v")) + "\n  l49: again";
        Assert.That(FruitKind.OneProblem("labels:\n" + labels).Message, Does.StartWith("'l49' is written twice"));
    }

    [Test]
    public void Anchors_aliases_and_merge_keys_work()
    {
        var spec = FruitKind.Spec("seeds:\n- &first {name: a, weight: 1}\n- *first\n- <<: *first\n  name: b");
        Assert.That(spec.Seeds, Is.EqualTo(new[] { new SeedSpec("a", 1), new SeedSpec("a", 1), new SeedSpec("b", 1) }));
    }

    [Test]
    public void An_alias_bomb_is_refused()
    {
        var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 9; i++)
        {
            yaml.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var problem = FruitKind.ReadYaml(yaml.ToString()).Single().Problems.Single();
        Assert.That(problem.ToString(), Does.StartWith("fruit.yaml:5:").And.Contain("stand for more than 100000 values"));
    }

    [Test]
    public void An_alias_of_itself_is_refused() =>
        Assert.That(FruitKind.ReadYaml("a: &a [*a]").Single().Problems.Single().Message, Does.Contain("stands inside what it stands for"));

    [Test]
    public void An_alias_without_an_anchor_is_refused() =>
        Assert.That(FruitKind.ReadYaml("a: *b").Single().Problems.Single().Message, Does.Contain("has no anchor"));

    [Test]
    public void Nesting_is_bounded()
    {
        var problem = FruitKind.ReadYaml("a: " + new string('[', 100_000)).Single().Problems.Single();
        Assert.That(problem.Message, Is.EqualTo("values are nested more than 64 levels deep"));
    }

    [Test]
    public void The_size_of_a_document_is_bounded()
    {
        var yaml = FruitKind.Yaml("apple", "colour: red") + "---\na: " + new string('x', 5_000_000) + "\n---\n" + FruitKind.Yaml("pear", "colour: green");
        var results = FruitKind.ReadYaml(yaml);
        Assert.That(results.Select(r => r.Key?.Name), Is.EqualTo(new[] { "apple", null, "pear" }));
        Assert.That(results[1].Problems.Single().Message, Does.Contain("longer than 4 MiB"));
    }

    [Test]
    public void Empty_documents_comments_directives_and_a_byte_order_mark_are_no_mistake()
    {
        var yaml = "\uFEFF# a comment\n---\n---\n# another\n---\n" + FruitKind.Yaml("apple", "colour: red") + "...\n%YAML 1.1\n---\n" + FruitKind.Yaml("pear", "colour: \"#fff\"") + "---\n";
        var results = FruitKind.ReadYaml(yaml);
        Assert.That(results.SelectMany(r => r.Problems), Is.Empty);
        Assert.That(results.Select(r => r.Key?.Name), Is.EqualTo(new[] { "apple", "pear" }));
    }

    [Test]
    public void Windows_line_ends_are_read_and_counted()
    {
        var result = FruitKind.ReadYaml(("---\n" + FruitKind.Yaml("apple", "colour: red\nweight: x")).Replace("\n", "\r\n")).Single();
        Assert.That(result.Problems.Single().Line, Is.EqualTo(8));
    }

    [Test]
    public void A_list_is_taken_apart()
    {
        var results = FruitKind.ReadYaml(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: networking.istio.io/v1
              kind: Fruit
              metadata: {name: apple, uid: "1", creationTimestamp: null, managedFields: [{}]}
              spec: {colour: red}
              status: {whatever: 1}
            - apiVersion: networking.istio.io/v1beta1
              kind: Fruit
              metadata: {name: pear, namespace: shop, creationTimestamp: 2026-01-02T03:04:05Z}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(results.SelectMany(r => r.Problems), Is.Empty);
            Assert.That(results.Select(r => r.Key.ToString()), Is.EqualTo(new[] { "Fruit default/apple", "Fruit shop/pear" }));
            Assert.That(results[1].Document!.Metadata.CreationTimestamp, Is.EqualTo(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        });
    }

    [Test]
    public void Kubernetes_kinds_that_are_not_the_meshs_are_skipped_in_silence_and_mesh_kinds_with_a_warning()
    {
        var results = FruitKind.ReadYaml(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {image: <your-docker-image>}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: b}
            """);
        Assert.That(results.Single().Problems.Single().ToString(), Is.EqualTo(
            "fruit.yaml:6:1: warning: HTTPRoute default/b: the kind HTTPRoute (gateway.networking.k8s.io/v1) is not read by the mesh; the document has no effect"));
    }

    [TestCase("apiVersion: networking.istio.io/v9\nkind: Fruit\nmetadata: {name: a}", "Fruit of 'networking.istio.io/v9' is not known; write one of networking.istio.io/v1, networking.istio.io/v1beta1")]
    [TestCase("kind: Fruit\nmetadata: {name: a}", "the document of kind Fruit has no 'apiVersion'; it is not read")]
    [TestCase("apiVersion: networking.istio.io/v1\nkind: Fruit", "'metadata' with a 'name' is required")]
    [TestCase("apiVersion: networking.istio.io/v1\nkind: Fruit\nmetadata: {namespace: a}", "'name' is required")]
    [TestCase("apiVersion: networking.istio.io/v1\nkind: Fruit\nmetadata: {name: a}\nspce: {}", "unknown field 'spce'; did you mean 'spec'?")]
    [TestCase("apiVersion: networking.istio.io/v1\nkind: Fruit\nmetadata: {name: a, lables: {}}", "unknown field 'lables'; did you mean 'labels'?")]
    [TestCase("- a", "a document must be a mapping with 'apiVersion', 'kind', 'metadata' and 'spec', not a list")]
    public void What_makes_a_document_is_checked(string yaml, string message)
    {
        var problem = FruitKind.ReadYaml(yaml).Single().Problems.Single();
        Assert.That(problem.Message, Is.EqualTo(message));
        Assert.That(problem.Severity, Is.EqualTo(ConfigProblemSeverity.Error));
    }

    [Test]
    public void A_file_of_something_else_is_a_warning() =>
        Assert.That(FruitKind.ReadYaml("version: '3'\nservices: {}").Single().Problems.Single().Severity, Is.EqualTo(ConfigProblemSeverity.Warning));

    [Test]
    public void Validators_point_at_the_field_in_the_text()
    {
        var problem = FruitKind.OneProblem("weight: 3\ncolour: plaid");
        Assert.That(problem.ToString(), Is.EqualTo("fruit.yaml:7:3: error: Fruit default/apple: spec.colour: no fruit is plaid"));
    }

    [Test]
    public void The_place_of_a_field_that_is_not_written_is_that_of_the_nearest_one_that_is()
    {
        var document = FruitKind.ReadYaml(FruitKind.Yaml("apple", "seeds:\n- name: a\nlabels:\n  \"a.b/c\": x")).Single().Document!;
        Assert.Multiple(() =>
        {
            Assert.That(document.PositionOf("spec.seeds[0].name").Line, Is.EqualTo(7));
            Assert.That(document.PositionOf("spec.seeds[0].weight").Line, Is.EqualTo(7));
            Assert.That(document.PositionOf("spec.seeds[7]").Line, Is.EqualTo(6));
            Assert.That(document.PositionOf("spec.labels[\"a.b/c\"]").Line, Is.EqualTo(9));
            Assert.That(document.PositionOf("nowhere").Line, Is.EqualTo(1));
        });
    }
}
