using System.Text.RegularExpressions;
using Mesh.ArchitectureTests.Sources;

namespace Mesh.ArchitectureTests;

/// <summary>
/// A file that says <c>// hot path</c> in its first lines runs for every request. It keeps to rules that a benchmark would only
/// notice later. They are approximations over text: what they cannot see (a boxed struct, a params array) the allocation tests see.
/// </summary>
public partial class HotPathTests
{
    private const int LinesOfHeader = 30;

    private static readonly (Regex Pattern, string Why)[] s_rules =
    [
        (Linq(), "no LINQ"),
        (Lambda(), "no lambda that may capture: make it static"),
        (Lock(), "no lock"),
        (new(@"\bstring\.Format\b|\bstring\.Join\b"), "no string formatting"),
    ];

    [Test]
    public void Files_on_the_hot_path_keep_to_its_rules()
    {
        Assert.That(Repository.Source.Where(IsHot).SelectMany(Violations), Is.Empty);
    }

    [TestCase("var x = items.Where(static i => i > 0);")]
    [TestCase("Run(() => Send(request));")]
    [TestCase("Run(async x => await Send(x));")]
    [TestCase("Func<int> f = () => captured;")]
    [TestCase("lock (_gate) { }")]
    [TestCase("var key = $\"{host}:{port}\";")]
    [TestCase("void M(IReadOnlyList<int> items) { foreach (var i in items) { } }")]
    public void Catches(string code)
    {
        Assert.That(Violations(Hot(code)), Is.Not.Empty);
    }

    [TestCase("Run(static (s, t) => s.Send(t), state);")]
    [TestCase("public int Count => _count;")]
    [TestCase("var x = y switch { 1 => 2, Foo => 3, _ => 4 };")]
    [TestCase("throw new InvalidOperationException($\"{host} is unknown\");")]
    [TestCase("void M(int[] items) { foreach (var i in items) { } }")]
    public void Lets_pass(string code)
    {
        Assert.That(Violations(Hot(code)), Is.Empty);
    }

    [Test]
    public void Only_marked_files_are_held_to_them()
    {
        Assert.That(IsHot(Hot("int x;")), Is.True);
        Assert.That(IsHot(new SourceFile("src/Mesh.Client/X.cs", "// not on the hot path of anything\n")), Is.False);
    }

    private static SourceFile Hot(string code) => new("src/Mesh.Client/X.cs", $"// hot path\n{code}\n");

    private static bool IsHot(SourceFile file) => file.Text.Split('\n').Take(LinesOfHeader).Any(l => Marker().IsMatch(l));

    private static IEnumerable<string> Violations(SourceFile file)
    {
        var interfaces = InterfaceVariable().Matches(file.Code).Select(m => m.Groups[1].Value).ToHashSet();
        return s_rules.SelectMany(r => file.Matches(r.Pattern, r.Why))
            .Concat(Interpolation().Matches(file.Code)
                .Where(m => !IsCold(file.Code, m.Index))
                .Select(m => file.At(m.Index, "no string interpolation outside throw and Log")))
            .Concat(ForEach().Matches(file.Code)
                .Where(m => interfaces.Contains(m.Groups[1].Value))
                .Select(m => file.At(m.Index, "no foreach over an interface: its enumerator is allocated")));
    }

    private static bool IsCold(string code, int position)
    {
        var statement = code.AsSpan(code.AsSpan(0, position).LastIndexOfAny(";{}") + 1);
        statement = statement[..statement.IndexOf('"')];
        return statement.Contains("throw ", StringComparison.Ordinal) || statement.Contains("Log", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\s*// hot path\b", RegexOptions.IgnoreCase)]
    private static partial Regex Marker();

    [GeneratedRegex(@"\.(Select|SelectMany|Where|Any|All|First|FirstOrDefault|Single|SingleOrDefault|Last|LastOrDefault|OrderBy|OrderByDescending|ThenBy|GroupBy|ToList|ToDictionary|ToHashSet|Aggregate|Concat|Distinct|Skip|Take|Zip|Cast|OfType)(<[^>()]*>)?\(")]
    private static partial Regex Linq();

    // After "(" or "=" anywhere, after "," on the same line only: an arm of a switch stands on a line of its own, or is a constant.
    [GeneratedRegex(@"([(=]\s*(async\s+)?([a-z_]\w*|\([\w\s,.<>?\[\]]*\))|,[ \t]*(async\s+)?((?!null\b|true\b|false\b)[a-z]\w*|\([\w\s,.<>?\[\]]*\)))\s*=>")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"\block\s*\(")]
    private static partial Regex Lock();

    [GeneratedRegex(@"\$@?""")]
    private static partial Regex Interpolation();

    [GeneratedRegex(@"\bI(?:Enumerable|ReadOnlyList|ReadOnlyCollection|List|Collection|ReadOnlyDictionary|Dictionary|ReadOnlySet|Set)<[^;(){}=]*>\??\s+(\w+)")]
    private static partial Regex InterfaceVariable();

    [GeneratedRegex(@"\bforeach\s*\([^()]*\bin\s+(\w+)\s*\)")]
    private static partial Regex ForEach();
}
