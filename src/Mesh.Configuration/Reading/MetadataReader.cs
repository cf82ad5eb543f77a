using System.Globalization;

namespace Mesh.Configuration.Reading;

/// <summary>Reads <c>metadata</c>. Source: Kubernetes ObjectMeta v1; its bookkeeping fields are known and skipped.</summary>
internal static class MetadataReader
{
    private static readonly string[] s_bookkeeping =
    [
        "generateName", "selfLink", "uid", "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds",
        "ownerReferences", "finalizers", "managedFields", "clusterName", "initializers",
    ];

    public static ObjectMetadata Read(ObjectReader reader)
    {
        foreach (var name in s_bookkeeping)
        {
            reader.Ignore(name);
        }

        return new ObjectMetadata
        {
            // Admission sees objects that are named later (generateName); a mesh needs the name.
            Name = reader.Problems.Purpose == ReadingPurpose.Load ? reader.RequiredString("name") : reader.String("name") ?? "",
            Namespace = reader.String("namespace") ?? "",
            Labels = reader.StringMap("labels"),
            Annotations = reader.StringMap("annotations"),
            CreationTimestamp = ReadTimestamp(reader),
            Generation = reader.Int64("generation"),
        };
    }

    private static DateTimeOffset? ReadTimestamp(ObjectReader reader)
    {
        const string Field = "creationTimestamp";
        if (reader.String(Field) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        reader.Error(Field, $"'{text}' is not a point in time; write it as 2026-01-31T12:00:00Z");
        return null;
    }
}
