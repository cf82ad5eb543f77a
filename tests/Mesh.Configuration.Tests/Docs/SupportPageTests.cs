using System.Reflection;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Tests.Docs.Support;

namespace Mesh.Configuration.Tests.Docs;

/// <summary>docs/support.md says of every field of every spec what becomes of it. <c>MESH_UPDATE_DOCS=1</c> rewrites the page.</summary>
public sealed class SupportPageTests
{
    [Test]
    public void Every_field_of_a_spec_has_exactly_one_statement()
    {
        Assert.Multiple(() =>
        {
            foreach (var group in SupportPage.Tables.SelectMany(static t => t.Groups))
            {
                var stated = group.Statements.SelectMany(static s => s.Fields).Order(StringComparer.Ordinal);
                Assert.That(stated, Is.EqualTo(Properties(group.Spec).Select(Name).Order(StringComparer.Ordinal)), $"{group.Spec.Name} at {group.Place}");
            }
        });
    }

    [Test]
    public void Every_message_of_a_kind_is_on_the_page()
    {
        var stated = SupportPage.Tables.SelectMany(static t => t.Groups).Select(static g => g.Spec).ToHashSet();
        var reached = new HashSet<Type>();
        foreach (var spec in stated)
        {
            Reach(spec, reached);
        }

        Assert.That(reached.Except(stated).Select(static t => t.Name), Is.Empty);
    }

    [Test]
    public void Every_kind_is_on_the_page()
    {
        var stated = SupportPage.Tables.Select(static t => t.Kind.Split(' ')[0]).ToHashSet();

        Assert.That(FrontEnd.AdmissionKinds.Select(static k => k.Kind).Except(stated), Is.Empty);
    }

    [Test]
    public void Whatever_does_not_simply_act_says_why()
    {
        var silent = SupportPage.Tables.SelectMany(static t => t.Groups).SelectMany(static g => g.Statements).Where(static s => s.Level != SupportLevel.Acts && s.Why.Length == 0);

        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void The_page_is_what_the_statements_say()
    {
        var path = PagePath();
        var text = SupportPage.Write();
        if (Environment.GetEnvironmentVariable("MESH_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.That(File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "", Is.EqualTo(text.ReplaceLineEndings("\n")), "MESH_UPDATE_DOCS=1 dotnet test tests/Mesh.Configuration.Tests rewrites docs/support.md");
    }

    private static void Reach(Type spec, HashSet<Type> reached)
    {
        if (!reached.Add(spec))
        {
            return;
        }

        foreach (var property in Properties(spec))
        {
            foreach (var type in property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments() : [property.PropertyType])
            {
                if (type.Name.EndsWith("Spec", StringComparison.Ordinal))
                {
                    Reach(type, reached);
                }
            }
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type spec) =>
        spec.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetIndexParameters().Length == 0);

    private static string Name(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    private static string PagePath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mesh.sln")))
            {
                return Path.Combine(folder.FullName, "docs", "support.md");
            }
        }

        Assert.Ignore("no repository around the tests");
        return "";
    }
}
