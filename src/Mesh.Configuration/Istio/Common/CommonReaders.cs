using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Reads the messages that several kinds share. As in protobuf's JSON form, an empty text outside a oneof is the same as an absent one.
/// </summary>
internal static class CommonReaders
{
    public static string? Text(this ObjectReader reader, string name) => reader.String(name) is { Length: > 0 } text ? text : null;

    /// <summary>A nested object that must be there; <paramref name="missing"/> stands in so that reading can go on to the next mistake.</summary>
    public static T Required<T>(this ObjectReader reader, string name, Func<ObjectReader, T> read, T missing)
        where T : class
    {
        if (!reader.Has(name))
        {
            reader.Error(name, $"'{name}' is required");
            return missing;
        }

        return reader.Object(name, read) ?? missing;
    }

    public static int RequiredInt(this ObjectReader reader, string name)
    {
        if (!reader.Has(name))
        {
            reader.Error(name, $"'{name}' is required");
            return 1;
        }

        return reader.Int32(name) ?? 1;
    }

    /// <summary>Istio's Percent message, <c>{value: 12.5}</c>; an empty one is 0.</summary>
    public static double? Percentage(this ObjectReader reader, string name) =>
        reader.Object(name, static r => new Percent(r.Number("value", double.MinValue, double.MaxValue) ?? 0))?.Value;

    public static StringMatchSpec StringMatch(ObjectReader reader)
    {
        reader.OneOf("exact", "prefix", "regex");
        return new StringMatchSpec { Exact = reader.String("exact"), Prefix = reader.String("prefix"), Regex = reader.String("regex") };
    }

    public static PortSelectorSpec PortSelector(ObjectReader reader) => new(reader.Int32("number") ?? 0);

    public static DestinationSpec Destination(ObjectReader reader) => new()
    {
        Host = reader.RequiredString("host"),
        Subset = reader.Text("subset"),
        Port = reader.Object("port", PortSelector),
    };

    public static WorkloadSelectorSpec WorkloadSelector(ObjectReader reader) => new() { Labels = reader.StringMap("labels") };

    /// <summary>The other selector of Istio's, istio.type WorkloadSelector, whose labels are called <c>matchLabels</c>.</summary>
    public static WorkloadSelectorSpec TypedWorkloadSelector(ObjectReader reader) => new() { Labels = reader.StringMap("matchLabels") };

    public static HeadersSpec Headers(ObjectReader reader) => new()
    {
        Request = reader.Object("request", HeaderOperations),
        Response = reader.Object("response", HeaderOperations),
    };

    private static HeaderOperationsSpec HeaderOperations(ObjectReader reader) => new()
    {
        Set = reader.StringMap("set"),
        Add = reader.StringMap("add"),
        Remove = reader.Strings("remove"),
    };

    private sealed record Percent(double Value);
}
