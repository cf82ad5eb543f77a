using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mesh.Conformance.GatewayApi;

/// <summary>The documents of one of the suite's tests as they are after some of its changes.</summary>
internal static partial class StatusDocuments
{
    /// <summary>One text; null when the test's manifests are not in the corpus.</summary>
    public static string? Read(string file, int afterMutations)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var folder = Path.GetDirectoryName(file)!;
        var manifests = json.RootElement.GetProperty("manifests").EnumerateArray().Select(static m => m.GetString()!).Prepend(json.RootElement.GetProperty("base_manifest").GetString()!);
        var documents = manifests
            .SelectMany(m => Separator().Split(File.ReadAllText(Path.Combine(folder, m)).Replace("{GATEWAY_CLASS_NAME}", "mesh", StringComparison.Ordinal)))
            .Concat(StatusFixtures.Documents)
            .ToList();
        if (json.RootElement.TryGetProperty("mutations", out var mutations))
        {
            foreach (var mutation in mutations.EnumerateArray().Where(m => m.GetProperty("id").GetInt32() <= afterMutations))
            {
                Apply(mutation, documents);
            }
        }

        return string.Join("\n---\n", documents);
    }

    private static void Apply(JsonElement mutation, List<string> documents)
    {
        switch (mutation.GetProperty("op").GetString())
        {
            case "delete":
                documents.RemoveAt(Find(mutation, documents));
                break;
            case "patch":
                var index = Find(mutation, documents);
                foreach (var change in mutation.GetProperty("set").EnumerateArray())
                {
                    documents[index] = Patch(documents[index], change[0].GetString()!, change[1]);
                }

                break;
            default:
                foreach (var made in mutation.GetProperty("args")[2].EnumerateArray())
                {
                    var metadata = made.GetProperty("ObjectMeta");
                    documents.Add(StatusFixtures.ConfigMap(metadata.GetProperty("Namespace").GetString()!, metadata.GetProperty("Name").GetString()!));
                }

                break;
        }
    }

    // The two fields that the suite changes.
    private static string Patch(string document, string path, JsonElement value) => path[(path.LastIndexOf('.') + 1)..] switch
    {
        "CACertificateRefs" => CertificateName().Replace(document, "${1}" + value[0].GetProperty("Name").GetString()),
        "Hostname" => Hostname().Replace(document, "${1}" + value.GetString()),
        _ => throw new AssertionException($"the suite changes {path}"),
    };

    private static int Find(JsonElement mutation, List<string> documents)
    {
        var kind = mutation.GetProperty("kind").GetString();
        var name = mutation.GetProperty("name").GetString()!.Split('/')[1];
        var index = documents.FindIndex(d => d.Contains($"kind: {kind}\n", StringComparison.Ordinal) && d.Contains($"name: {name}\n", StringComparison.Ordinal));
        Assert.That(index, Is.GreaterThanOrEqualTo(0), $"{kind} {name}");
        return index;
    }

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"(caCertificateRefs:[\s\S]*?name: )\S+")]
    private static partial Regex CertificateName();

    [GeneratedRegex(@"(hostname: )\S+")]
    private static partial Regex Hostname();
}
