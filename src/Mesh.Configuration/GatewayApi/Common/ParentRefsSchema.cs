using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// The schema of <c>parentRefs</c>. Of several references to one parent each has to choose another part of it, in the same manner. The
/// experimental channel lets <c>port</c> choose, too; without one the words of the standard channel are used. Source: the CRDs.
/// </summary>
internal static class ParentRefsSchema
{
    private const string Several = "when parentRefs includes 2 or more references to the same parent";

    public static ListSchema ParentRefs { get; } = ListOf(
        new ObjectSchema
        {
            { "group", ApiGroup },
            { "kind", Kind },
            { "namespace", Namespace },
            { "name", ObjectName },
            { "sectionName", SectionName },
            { "port", GatewayPort },
        }.Required("name"),
        max: 32)
        .Rule($"sectionName must be specified {Several}", static refs => NamesPort(refs) || AllAlike(refs))
        .Rule($"sectionName must be unique {Several}", static refs => NamesPort(refs) || AllDiffer(refs))
        .Rule($"sectionName or port must be specified {Several}", static refs => !NamesPort(refs) || AllAlike(refs))
        .Rule($"sectionName or port must be unique {Several}", static refs => !NamesPort(refs) || AllDiffer(refs));

    private static bool NamesPort(ConfigNode refs) => refs.Items.Any(static r => r.Has("port"));

    // "Alike" and "different" of every two references to one parent, without comparing every two: a list of thousands is refused, but only after this.
    private static bool AllAlike(ConfigNode refs)
    {
        var first = new Dictionary<(string, string, string, string), (bool, bool)>(refs.Items.Count);
        foreach (var reference in refs.Items)
        {
            var chosenBy = (Section(reference).Length == 0, Port(reference) == 0);
            if (!first.TryAdd(Parent(reference), chosenBy) && first[Parent(reference)] != chosenBy)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllDiffer(ConfigNode refs)
    {
        var seen = new HashSet<((string, string, string, string), string, long)>(refs.Items.Count);
        return refs.Items.All(reference => seen.Add((Parent(reference), Section(reference), Port(reference))));
    }

    private static (string Group, string Kind, string Namespace, string Name) Parent(ConfigNode reference) => (
        reference.TextAt("group") ?? GatewayApiGroup.Name,
        reference.TextAt("kind") ?? "Gateway",
        reference.TextAt("namespace") ?? "",
        reference.TextAt("name") ?? "");

    private static string Section(ConfigNode reference) => reference.TextAt("sectionName") ?? "";

    private static long Port(ConfigNode reference) => reference.TextAt("port") is { } text && ScalarText.TryInteger(text, out var port) ? port : 0;
}
