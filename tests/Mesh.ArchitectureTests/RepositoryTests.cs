using System.Text.RegularExpressions;
using Mesh.ArchitectureTests.Sources;

namespace Mesh.ArchitectureTests;

public partial class RepositoryTests
{
    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Mesh.sln").Replace('\\', '/');

        Assert.That(
            Repository.Files(".", "*.csproj").Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal)),
            Is.Empty,
            "repair with: dotnet sln Mesh.sln add <project>");
    }

    [Test]
    public void Every_project_says_what_kind_it_is()
    {
        Assert.That(
            Repository.Files(".", "*.csproj").Where(p => !ProjectType().IsMatch(Repository.Read(p))),
            Is.Empty,
            "eng/ has a .targets file for each kind");
    }

    [TestCase("LICENSE")]
    [TestCase("README.md")]
    [TestCase("CONTRIBUTING.md")]
    [TestCase(".editorconfig")]
    [TestCase("test.sh")]
    [TestCase(".ci/run")]
    [TestCase("docs/README.md")]
    public void The_repository_has(string file)
    {
        Assert.That(Path.Combine(Repository.Root, file), Does.Exist);
    }

    [Test]
    public void Links_between_documents_lead_somewhere()
    {
        var documents = Repository.Files("docs", "*.md").Concat(Repository.Files("samples", "*.md")).Concat(["README.md", "CONTRIBUTING.md"]);
        var broken =
            from document in documents
            where File.Exists(Path.Combine(Repository.Root, document))
            from Match link in Link().Matches(FencedCode().Replace(Repository.Read(document), string.Empty))
            let target = Uri.UnescapeDataString(link.Groups[1].Value.Split('#')[0])
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, target))
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{document}: {link.Value}";

        Assert.That(broken, Is.Empty);
    }

    [GeneratedRegex("<ProjectType>(Library|Test|Tool|Benchmark|Sample)</ProjectType>")]
    private static partial Regex ProjectType();

    [GeneratedRegex(@"\]\(([^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedCode();
}
