using System.Text.RegularExpressions;
using Mesh.ArchitectureTests.Sources;

namespace Mesh.ArchitectureTests;

public partial class FileShapeTests
{
    private const int MostLines = 600;
    private static readonly string[] s_algorithmFolders = ["Balancing", "Health", "Resilience", "Compile"];

    [Test]
    public void No_file_is_longer_than_600_lines()
    {
        Assert.That(
            from folder in new[] { "src", "tests", "samples", "bench" }
            from path in Repository.Files(folder, "*.cs")
            let lines = Repository.Read(path).AsSpan().Count('\n')
            where lines > MostLines
            select $"{path}: {lines} lines",
            Is.Empty);
    }

    [Test]
    public void An_algorithm_starts_with_a_word_on_what_it_does()
    {
        Assert.That(
            from file in Repository.Source
            where file.Path.Split('/').Intersect(s_algorithmFolders).Any()
            let type = TypeDeclaration().Match(file.Code)
            where type.Success && !file.Text[..type.Index].Contains("//", StringComparison.Ordinal)
            select $"{file.Path}: no comment before its first type",
            Is.Empty);
    }

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+\w+")]
    private static partial Regex TypeDeclaration();
}
