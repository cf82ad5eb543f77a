using Mesh.Diagnostics;

namespace Mesh.Configuration.Tests.Reading;

public class ObjectReaderTests
{
    [Test]
    public void Every_type_of_field_is_read()
    {
        var spec = FruitKind.Spec(
            """
            colour: red
            weight: 120
            ripe: yes
            ripening: 1h30m
            taste: SOUR
            share: 12.5
            names: [jonagold, "1"]
            sizes: [1, 0x10]
            labels: {app: fruit, "a.b/c": d}
            shares: {north: 40, south: 60}
            seeds:
            - name: one
              weight: 1
            - {name: two}
            seedsByName:
              first: {name: three}
            """);
        Assert.That(spec, Is.EqualTo(new FruitSpec
        {
            Colour = "red",
            Weight = 120,
            Ripe = true,
            Ripening = TimeSpan.FromMinutes(90),
            Taste = Taste.Sour,
            Share = 12.5,
            Names = ["jonagold", "1"],
            Sizes = [1, 16],
            Labels = Model.ModelMap.Of(("app", "fruit"), ("a.b/c", "d")),
            Shares = Model.ModelMap.Of(("north", 40), ("south", 60)),
            Seeds = [new("one", 1), new("two", null)],
            SeedsByName = Model.ModelMap.Of(("first", new SeedSpec("three", null))),
        }));
    }

    [Test]
    public void A_null_field_counts_as_absent() => Assert.That(FruitKind.Spec("colour: ~\nseed:\nnames: null"), Is.EqualTo(new FruitSpec()));

    [TestCase("color: red", "spec.color", "unknown field 'color'; did you mean 'colour'?")]
    [TestCase("wieght: 3", "spec.wieght", "unknown field 'wieght'; did you mean 'weight'?")]
    [TestCase("seeds_by_name: {}", "spec.seeds_by_name", "unknown field 'seeds_by_name'; did you mean 'seedsByName'?")]
    [TestCase("Colour: red", "spec.Colour", "unknown field 'Colour'; did you mean 'colour'?")]
    [TestCase("price: 3", "spec.price", "unknown field 'price'")]
    public void An_unknown_field_is_an_error_that_names_the_nearest_known_one(string spec, string field, string message)
    {
        var problem = FruitKind.OneProblem(spec);
        Assert.Multiple(() =>
        {
            Assert.That(problem.Severity, Is.EqualTo(ConfigProblemSeverity.Error));
            Assert.That(problem.Field, Is.EqualTo(field));
            Assert.That(problem.Message, Is.EqualTo(message));
            Assert.That((problem.Line, problem.Column), Is.EqualTo((6, 3)));
        });
    }

    [TestCase("colour: 5", "must be a text, and 5 without quotes is not; write \"5\"")]
    [TestCase("colour: [red]", "must be a text, not a list")]
    [TestCase("weight: much", "must be a whole number, not 'much'")]
    [TestCase("weight: 1001", "must be between 0 and 1000, not 1001")]
    [TestCase("ripe: \"true\"", "must be true or false, not the text \"true\"")]
    [TestCase("ripening: 5", "'5' is not a duration; write a number with a unit (h, m, s, ms, us, ns), for example 1.5s, 100ms or 1h30m")]
    [TestCase("ripening: 1d", "'1d' is not a duration; write a number with a unit (h, m, s, ms, us, ns), for example 1.5s, 100ms or 1h30m")]
    [TestCase("ripening: -1s", "'-1s' is not a duration; write a number with a unit (h, m, s, ms, us, ns), for example 1.5s, 100ms or 1h30m")]
    [TestCase("taste: SUOR", "must be one of SWEET, SOUR, not 'SUOR'; did you mean 'SOUR'?")]
    [TestCase("share: 101", "must be between 0 and 100, not 101")]
    [TestCase("seed: apple", "must be a mapping, not 'apple'")]
    [TestCase("names: red", "must be a list, not 'red'")]
    [TestCase("labels: [a]", "must be a mapping, not a list")]
    public void A_wrong_value_is_an_error_that_says_what_is_right(string spec, string message) =>
        Assert.That(FruitKind.OneProblem(spec).Message, Is.EqualTo(message));

    [TestCase("seeds:\n- name: a\n- nam: b", 2, "spec.seeds[1].name", 8)]
    [TestCase("seeds:\n- name: a\n  weight: x", 1, "spec.seeds[0].weight", 8)]
    [TestCase("labels:\n  \"a.b/c\": 5", 1, "spec.labels[\"a.b/c\"]", 7)]
    [TestCase("shares:\n  north: x", 1, "spec.shares.north", 7)]
    [TestCase("names:\n- red\n- 5", 1, "spec.names[1]", 8)]
    public void A_problem_names_the_path_and_the_line(string spec, int count, string field, int line)
    {
        var problems = FruitKind.ReadYaml(FruitKind.Yaml("apple", spec)).Single().Problems;
        Assert.Multiple(() =>
        {
            Assert.That(problems, Has.Count.EqualTo(count));
            Assert.That(problems[0].Field, Is.EqualTo(field));
            Assert.That(problems[0].Line, Is.EqualTo(line));
            Assert.That(problems[0].ToString(), Does.StartWith($"fruit.yaml:{line}:").And.Contain("error: Fruit default/apple: " + field));
        });
    }

    [Test]
    public void One_pass_finds_every_mistake() =>
        Assert.That(FruitKind.ReadYaml(FruitKind.Yaml("apple", "color: red\nweight: x\nripening: 5")).Single().Problems, Has.Count.EqualTo(3));

    [Test]
    public void Only_one_of_a_oneof_may_be_set() =>
        Assert.That(FruitKind.OneProblem("seed: {name: a}\nseeds: [{name: b}]").Message, Is.EqualTo("only one of 'seed' and 'seeds' may be set, and 'seed' already is"));

    [Test]
    public void A_field_that_is_not_acted_on_is_a_visible_warning()
    {
        var result = FruitKind.ReadYaml(FruitKind.Yaml("apple", "origin: spain")).Single();
        Assert.Multiple(() =>
        {
            Assert.That(result.Document, Is.Not.Null);
            Assert.That(result.Problems.Single().Severity, Is.EqualTo(ConfigProblemSeverity.Warning));
            Assert.That(result.Problems.Single().ToString(), Is.EqualTo("fruit.yaml:6:3: warning: Fruit default/apple: spec.origin: not acted on"));
        });
    }
}
