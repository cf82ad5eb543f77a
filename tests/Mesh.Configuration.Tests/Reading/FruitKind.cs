using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Reading;

internal enum Taste
{
    Sweet,
    Sour,
}

/// <summary>A made-up kind with a field of every type, so that reading is tested apart from Istio's documents.</summary>
internal sealed record FruitSpec
{
    public string? Colour { get; init; }

    public int? Weight { get; init; }

    public bool? Ripe { get; init; }

    public TimeSpan? Ripening { get; init; }

    public Taste? Taste { get; init; }

    public double? Share { get; init; }

    public ModelList<string> Names { get; init; } = [];

    public ModelList<int> Sizes { get; init; } = [];

    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    public ModelMap<int> Shares { get; init; } = ModelMap<int>.Empty;

    public SeedSpec? Seed { get; init; }

    public ModelList<SeedSpec> Seeds { get; init; } = [];

    public ModelMap<SeedSpec> SeedsByName { get; init; } = ModelMap<SeedSpec>.Empty;
}

internal sealed record SeedSpec(string Name, int? Weight);

internal static class FruitKind
{
    public static KindReader Reader { get; } = new("Fruit", ["networking.istio.io/v1", "networking.istio.io/v1beta1"], ReadSpec, Validate);

    public static IReadOnlyList<DocumentResult> ReadYaml(string yaml, string source = "fruit.yaml")
    {
        var reader = new DocumentReader([Reader], "default");
        return [.. YamlDocuments.Split(yaml).SelectMany(p => YamlNodes.Read(source, p)).SelectMany(d => reader.Read(d, source))];
    }

    public static IReadOnlyList<DocumentResult> ReadJson(string json, string source = "fruit.json")
    {
        var reader = new DocumentReader([Reader], "default");
        return [.. JsonNodes.Read(source, json).SelectMany(d => reader.Read(d, source))];
    }

    /// <summary>A document with the given lines of spec, which begins in line 6.</summary>
    public static string Yaml(string name, string spec) =>
        $"apiVersion: networking.istio.io/v1\nkind: Fruit\nmetadata:\n  name: {name}\nspec:\n{string.Join('\n', spec.Split('\n').Select(l => "  " + l))}\n";

    public static ConfigProblem OneProblem(string spec)
    {
        var result = ReadYaml(Yaml("apple", spec)).Single();
        Assert.That(result.Problems, Has.Count.EqualTo(1));
        return result.Problems[0];
    }

    public static FruitSpec Spec(string spec)
    {
        var result = ReadYaml(Yaml("apple", spec)).Single();
        Assert.That(result.Problems, Is.Empty);
        return (FruitSpec)result.Document!.Spec;
    }

    private static FruitSpec ReadSpec(ObjectReader reader)
    {
        reader.OneOf("seed", "seeds");
        reader.Ignore("origin", "not acted on");
        return new FruitSpec
        {
            Colour = reader.String("colour"),
            Weight = reader.Int32("weight", 0, 1000),
            Ripe = reader.Bool("ripe"),
            Ripening = reader.Duration("ripening"),
            Taste = reader.Enum<Taste>("taste", [("SWEET", Tests.Reading.Taste.Sweet), ("SOUR", Tests.Reading.Taste.Sour)]),
            Share = reader.Number("share", 0, 100),
            Names = reader.Strings("names"),
            Sizes = reader.Ints("sizes"),
            Labels = reader.StringMap("labels"),
            Shares = reader.IntMap("shares"),
            Seed = reader.Object("seed", Seed),
            Seeds = reader.List("seeds", Seed),
            SeedsByName = reader.Map("seedsByName", Seed),
        };
    }

    private static SeedSpec Seed(ObjectReader reader) => new(reader.RequiredString("name"), reader.Int32("weight"));

    private static void Validate(ConfigDocument document, ProblemSink problems)
    {
        if (document.Spec is FruitSpec { Colour: "plaid" })
        {
            problems.Error("spec.colour", document.PositionOf("spec.colour"), "no fruit is plaid");
        }
    }
}
