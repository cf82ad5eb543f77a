using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mesh.ArchitectureTests.Sources;

namespace Mesh.ArchitectureTests;

public partial class DependencyTests
{
    [Test]
    public void Projects_reference_only_what_the_rules_allow()
    {
        var wrong = new List<string>();
        foreach (var project in Repository.Files("src", "*.csproj"))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            if (!DependencyRules.Projects.TryGetValue(name, out var allowed))
            {
                wrong.Add($"{project}: not in DependencyRules.Projects");
                continue;
            }

            wrong.AddRange(References(project, "ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))
                .Where(r => !allowed.Contains(r))
                .Select(r => $"{project}: must not reference {r}"));
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Abstractions_need_nothing_but_the_base_library()
    {
        Assert.That(References("src/Mesh.Abstractions/Mesh.Abstractions.csproj", "PackageReference"), Is.SubsetOf(DependencyRules.AbstractionsPackages));
    }

    [Test]
    public void No_project_writes_a_version_of_its_own()
    {
        var wrong = Repository.Files(".", "*.csproj")
            .Where(p => XDocument.Parse(Repository.Read(p)).Descendants("PackageReference").Any(r => r.Attribute("Version") is not null));

        Assert.That(wrong, Is.Empty, "versions stand in Directory.Packages.props");
    }

    [Test]
    public void Folders_of_the_client_use_only_those_below_them()
    {
        Assert.That(
            Repository.Source.Where(f => f.Project == "Mesh.Client" && f.Folder.Length > 0).SelectMany(ClientViolations),
            Is.Empty);
    }

    [Test]
    public void Languages_of_the_configuration_do_not_know_one_another()
    {
        Assert.That(
            from file in Repository.Source
            where file.Project == "Mesh.Configuration"
            from forbidden in DependencyRules.ConfigurationForbidden.GetValueOrDefault(file.Folder, [])
            from violation in file.Matches(new Regex($@"\bMesh\.Configuration\.{forbidden}\b"), $"{file.Folder} must not use {forbidden}")
            select violation,
            Is.Empty);
    }

    [Test]
    public void Libraries_stay_where_they_belong()
    {
        Assert.That(Repository.Source.SelectMany(ConfinementViolations), Is.Empty);
    }

    [Test]
    public void A_namespace_says_in_which_folder_the_file_is()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.Source.Where(f => f.Project is "Mesh.Client" or "Mesh.Configuration"))
        {
            var match = Namespace().Match(file.Code);
            var expected = file.Folder.Length == 0 ? file.Project : $"{file.Project}.{file.Folder}";
            if (match.Success
                && !$"{match.Groups[1].Value}.".StartsWith($"{expected}.", StringComparison.Ordinal)
                && !DependencyRules.ExtensionNamespaces.Any(n => match.Groups[1].Value.StartsWith(n, StringComparison.Ordinal)))
            {
                wrong.Add(file.At(match.Index, $"expected {expected}"));
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_rules_catch_what_they_are_for()
    {
        var upward = new SourceFile("src/Mesh.Client/Balancing/X.cs", "using Mesh.Client.Http;\nnamespace Mesh.Client.Balancing;");
        var downward = new SourceFile("src/Mesh.Client/Http/X.cs", "using Mesh.Client.Runtime;\nusing Mesh.Client.Http.Replay;\nnamespace Mesh.Client.Http;");
        var polly = new SourceFile("src/Mesh.Client/Http/Y.cs", "using Polly;");
        var features = new SourceFile("src/Mesh.Client/Discovery/Y.cs", "using Microsoft.AspNetCore.Http.Features;");

        Assert.That(ClientViolations(upward), Is.EqualTo(new[] { "src/Mesh.Client/Balancing/X.cs:1: Balancing must not use Http: using Mesh.Client.Http;" }));
        Assert.That(ClientViolations(downward), Is.Empty);
        Assert.That(ConfinementViolations(polly), Has.Exactly(1).Items);
        Assert.That(ConfinementViolations(features), Is.Empty);
        Assert.That(ConfinementViolations(features with { Path = "src/Mesh.Client/Http/Y.cs" }), Has.Exactly(1).Items);
    }

    private static IEnumerable<string> ClientViolations(SourceFile file)
    {
        if (!DependencyRules.ClientFolders.TryGetValue(file.Folder, out var allowed))
        {
            yield return $"{file.Path}: {file.Folder} is not in DependencyRules.ClientFolders";
            yield break;
        }

        foreach (Match use in ClientFolder().Matches(file.Code))
        {
            var used = use.Groups[1].Value;
            if (used != file.Folder && DependencyRules.ClientFolders.ContainsKey(used) && !allowed.Contains(used))
            {
                yield return file.At(use.Index, $"{file.Folder} must not use {used}");
            }
        }
    }

    private static IEnumerable<string> ConfinementViolations(SourceFile file)
    {
        var (excepted, place) = DependencyRules.FeatureCollectionException;
        foreach (var (name, places, why) in DependencyRules.Confined)
        {
            if (places.Any(p => file.Path.StartsWith(p, StringComparison.Ordinal)))
            {
                continue;
            }

            foreach (Match use in Regex.Matches(file.Code, $@"(?<=\busing\s+(static\s+)?(\w+\s*=\s*)?|global::){Regex.Escape(name)}\b[\w.]*"))
            {
                if (use.Value != excepted || !file.Path.StartsWith(place, StringComparison.Ordinal))
                {
                    yield return file.At(use.Index, $"{name} is not welcome here ({why})");
                }
            }
        }
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Parse(Repository.Read(project)).Descendants(kind).Select(r => r.Attribute("Include")?.Value).OfType<string>();

    [GeneratedRegex(@"\bMesh\.Client\.(\w+)")]
    private static partial Regex ClientFolder();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
