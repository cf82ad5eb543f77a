using System.Text.RegularExpressions;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Client.Tests.Docs;

/// <summary>The code in docs/ is the code in Snippets.cs, which the compiler reads, and its YAML is what the mesh accepts.</summary>
public partial class DocumentationTests
{
    private static readonly string s_root = FindRoot(AppContext.BaseDirectory);
    private static readonly Dictionary<string, string> s_regions = Region()
        .Matches(Text("tests/Mesh.Client.Tests/Docs/Snippets.cs"))
        .ToDictionary(static m => m.Groups["name"].Value, static m => Outdent(m.Groups["code"].Value), StringComparer.Ordinal);

    private static IEnumerable<TestCaseData> Snippets => Blocks(Snippet(), "name");

    private static IEnumerable<TestCaseData> Documents => Blocks(Yaml(), "text").Where(static c => ((string)c.Arguments[1]!).Contains("kind:", StringComparison.Ordinal));

    [TestCaseSource(nameof(Snippets))]
    public void A_snippet_is_code_that_compiles(string place, string name, string code)
    {
        Assert.That(s_regions, Does.ContainKey(name), $"{place}: Snippets.cs has no region '{name}'");
        Assert.That(code.Trim(), Is.EqualTo(s_regions[name]), $"{place}: copy the region '{name}' of Snippets.cs");
    }

    [TestCaseSource(nameof(Documents))]
    public void A_document_is_accepted(string place, string yaml, string _)
    {
        var problems = MeshConfigReader.ReadYaml(yaml, place).Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error);

        Assert.That(problems.Select(static p => p.ToString()), Is.Empty);
    }

    private static IEnumerable<TestCaseData> Blocks(Regex pattern, string second) =>
        from path in Directory.EnumerateFiles(Path.Combine(s_root, "docs"), "*.md").Order(StringComparer.Ordinal)
        let text = File.ReadAllText(path)
        from match in pattern.Matches(text)
        let place = $"docs/{Path.GetFileName(path)}:{text.AsSpan(0, match.Index).Count('\n') + 1}"
        select new TestCaseData(place, match.Groups[second].Value, match.Groups["text"].Value).SetArgDisplayNames(place);

    private static string Outdent(string code)
    {
        var lines = code.Trim('\n').Split('\n');
        var indent = lines.Where(static l => l.Trim().Length > 0).Min(static l => l.Length - l.TrimStart().Length);
        return string.Join('\n', lines.Select(l => l.Length < indent ? "" : l[indent..])).Trim();
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(s_root, path));

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Mesh.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"#region (?<name>\S+)\n(?<code>.*?)\n\s*#endregion", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"<!-- snippet: (?<name>\S+) -->\n```csharp\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
