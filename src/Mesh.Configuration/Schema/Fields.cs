using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>Short names for the schemas of fields, so that the schema of a kind reads like a table.</summary>
internal static class Fields
{
    private const string PortMessage = "port must be between 1-65535";
    private const string DurationMessage = "must be a valid duration greater than 1ms";

    public static TextSchema Text { get; } = new();

    public static FlagSchema Flag { get; } = new();

    public static AnySchema Anything { get; } = new();

    public static IntegerSchema Int { get; } = new(int.MinValue, int.MaxValue);

    public static IntegerSchema UInt { get; } = new(0, uint.MaxValue);

    /// <summary>64 bits without sign, as number or text.</summary>
    public static IntegerSchema ULong { get; } = new(0, long.MaxValue, orText: true);

    /// <summary>As the wrapper types of protobuf, which null leaves unset.</summary>
    public static IntegerSchema OptionalUInt { get; } = new(0, uint.MaxValue) { IsNullable = true };

    public static FlagSchema OptionalFlag { get; } = new() { IsNullable = true };

    public static IntegerSchema Port { get; } = new IntegerSchema(0, uint.MaxValue).Rule(PortMessage, static port => port is > 0 and <= 65535);

    public static NumberSchema Number { get; } = new();

    /// <summary>A duration such as <c>1.5s</c>; how long it may be is up to the admission check.</summary>
    public static TextSchema Duration { get; } = new TextSchema().Rule(DurationMessage, static text => DurationText.TryParse(text, out _));

    public static ListSchema Texts { get; } = new(Text);

    public static MapSchema TextMap { get; } = new(Text);

    public static TextSchema TextOf(int minLength = 0, int maxLength = int.MaxValue, string? pattern = null) => new(minLength, maxLength, pattern);

    public static TextSchema Word(params string[] words) => new(words: words);

    public static ListSchema ListOf(FieldSchema items, int min = 0, int max = int.MaxValue, string? key = null) => new(items, min, max, key);

    /// <summary>A list no item of which may occur twice.</summary>
    public static ListSchema SetOf(FieldSchema items, int max = int.MaxValue) => new(items, 0, max, isSet: true);

    public static MapSchema MapOf(FieldSchema values, int min = 0, int max = int.MaxValue) => new(values, min, max);

    /// <summary>True when a field is written, null or not: CEL's <c>has</c>.</summary>
    public static bool Has(this ConfigNode node, string name) => node.Field(name) is not null;

    /// <summary>Text of a field, or null.</summary>
    public static string? TextAt(this ConfigNode node, string name) => node.Field(name)?.Scalar;

    /// <summary>How many of the fields are written.</summary>
    public static int CountOf(this ConfigNode node, params ReadOnlySpan<string> names)
    {
        var count = 0;
        foreach (var name in names)
        {
            count += node.Has(name) ? 1 : 0;
        }

        return count;
    }
}
