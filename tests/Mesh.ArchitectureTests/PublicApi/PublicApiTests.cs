using System.Reflection;
using Mesh.ArchitectureTests.Sources;

namespace Mesh.ArchitectureTests.PublicApi;

/// <summary>
/// The public surface of each package is written down in api/, so that a change of it is seen in review and never made by accident.
/// </summary>
public class PublicApiTests
{
    private const string Accept = "To accept the change: MESH_UPDATE_API=1 dotnet test tests/Mesh.ArchitectureTests, and commit api/.";

    // A tool is a program: nobody builds upon its types.
    public static IEnumerable<string> Packages => Repository.Files("src", "*.csproj").Where(p => !Repository.Read(p).Contains("<ProjectType>Tool<", StringComparison.Ordinal)).Select(p => Path.GetFileNameWithoutExtension(p));

    [TestCaseSource(nameof(Packages))]
    public void The_public_surface_is_the_one_written_down(string package)
    {
        var baseline = Path.Combine(Repository.Root, "api", $"{package}.txt");
        var actual = ApiListing.Of(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{package}.dll")));
        if (Environment.GetEnvironmentVariable("MESH_UPDATE_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(baseline)!);
            File.WriteAllText(baseline, actual);
            return;
        }

        Assert.That(baseline, Does.Exist, Accept);
        var expected = File.ReadAllText(baseline);
        Assert.That(Difference(expected, actual), Is.Empty, Accept);
    }

    [Test]
    public void Every_baseline_belongs_to_a_package()
    {
        Assert.That(Repository.Files("api", "*.txt").Select(p => Path.GetFileNameWithoutExtension(p)), Is.SubsetOf(Packages));
    }

    /// <summary>Lines that came and went; a type that moved shows with all its lines, which is enough to find it.</summary>
    private static List<string> Difference(string expected, string actual)
    {
        var (before, after) = (Lines(expected), Lines(actual));
        var changes = before.Except(after).Select(l => $"- {l}").Concat(after.Except(before).Select(l => $"+ {l}")).ToList();
        if (changes.Count == 0 && expected != actual)
        {
            changes.Add("the order of lines or their number");
        }

        return changes;
    }

    /// <summary>Each line with the type it stands in, so that equal members of two types are not taken for one another.</summary>
    private static List<string> Lines(string listing)
    {
        var result = new List<string>();
        var type = "";
        foreach (var line in listing.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var trimmed = line.Trim();
            if (trimmed is "{" or "}")
            {
                continue;
            }

            if (line.StartsWith("    ", StringComparison.Ordinal) && line[4] != ' ')
            {
                type = trimmed;
                result.Add(trimmed);
            }
            else
            {
                result.Add($"{type} … {trimmed}");
            }
        }

        return result;
    }
}
