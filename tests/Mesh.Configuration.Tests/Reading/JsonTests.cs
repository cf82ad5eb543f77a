namespace Mesh.Configuration.Tests.Reading;

public class JsonTests
{
    [Test]
    public void Json_is_read_with_places_and_types()
    {
        var result = FruitKind.ReadJson(
            """
            {
              // as in appsettings.json
              "apiVersion": "networking.istio.io/v1", "kind": "Fruit",
              "metadata": { "name": "äpple" },
              "spec": { "colour": "5", "weight": 3, "ripe": true,
                "ä": 1, "taste": "BITTER", }
            }
            """).Single();
        Assert.That(result.Problems.Select(p => p.ToString()), Is.EqualTo(new[]
        {
            "fruit.json:6:13: error: Fruit default/äpple: spec.taste: must be one of SWEET, SOUR, not the text \"BITTER\"",
            "fruit.json:6:5: error: Fruit default/äpple: spec[\"ä\"]: unknown field 'ä'",
        }));
    }

    [Test]
    public void A_list_of_objects_is_a_list_of_documents()
    {
        const string Document = """{"apiVersion": "networking.istio.io/v1", "kind": "Fruit", "metadata": {"name": "NAME"}}""";
        var results = FruitKind.ReadJson($"[{Document.Replace("NAME", "a")},{Document.Replace("NAME", "b")}]");
        Assert.That(results.Select(r => r.Document!.Metadata.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void A_syntax_error_names_its_place() =>
        Assert.That(FruitKind.ReadJson("{\n  \"kind\": }").Single().Problems.Single().ToString(), Does.StartWith("fruit.json:2:11: error: not valid JSON: "));

    [Test]
    public void A_field_written_twice_is_an_error() =>
        Assert.That(
            FruitKind.ReadJson("{\"apiVersion\": \"networking.istio.io/v1\", \"kind\": \"Fruit\",\n\"metadata\": {\"name\": \"a\"},\n\"kind\": \"Fruit\"}").Single().Problems.Single().Message,
            Is.EqualTo("'kind' is written twice; the first one stands in line 1"));

    [Test]
    public void Nesting_is_bounded() =>
        Assert.That(FruitKind.ReadJson(new string('[', 1000)).Single().Problems.Single().Message, Does.StartWith("not valid JSON").And.Contain("64"));

    [TestCase("")]
    [TestCase("  \n")]
    public void An_empty_file_is_no_mistake(string text) => Assert.That(FruitKind.ReadJson(text), Is.Empty);
}
