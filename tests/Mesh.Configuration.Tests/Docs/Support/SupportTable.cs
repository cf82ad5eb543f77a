namespace Mesh.Configuration.Tests.Docs.Support;

/// <summary>What becomes of the fields of a kind: a statement for each, held against the spec by <see cref="SupportPageTests"/>.</summary>
/// <param name="Kind">The kind, with what tells it from others of its name.</param>
/// <param name="Groups">Its messages; empty for a kind that is treated as a whole.</param>
internal sealed record SupportTable(string Kind, params SupportGroup[] Groups)
{
    /// <summary>One statement for the whole kind.</summary>
    public SupportStatement? Whole { get; init; }

    public static SupportTable Of(string kind, SupportLevel level, string why) => new(kind) { Whole = new SupportStatement(level, why, []) };
}

/// <summary>The fields of one message.</summary>
/// <param name="Place">Where it stands in the document.</param>
/// <param name="Spec">The spec it is read into.</param>
/// <param name="Statements">Statements that together name each field once.</param>
internal sealed record SupportGroup(string Place, Type Spec, SupportStatement[] Statements)
{
    public static SupportGroup Of<T>(string place, params SupportStatement[] statements) => new(place, typeof(T), statements);
}

/// <summary>What becomes of some fields, and why.</summary>
internal sealed record SupportStatement(SupportLevel Level, string Why, string[] Fields)
{
    public static SupportStatement Acts(params string[] fields) => new(SupportLevel.Acts, "", fields);

    /// <summary>Fields that act, with something to know about it.</summary>
    public static SupportStatement ActsNote(string note, params string[] fields) => new(SupportLevel.Acts, note, fields);

    public static SupportStatement Validated(string why, params string[] fields) => new(SupportLevel.Validated, why, fields);

    public static SupportStatement ServerSide(string why, params string[] fields) => new(SupportLevel.ServerSide, why, fields);

    public static SupportStatement GatewayOnly(string why, params string[] fields) => new(SupportLevel.GatewayOnly, why, fields);

    public static SupportStatement NotApplicable(string why, params string[] fields) => new(SupportLevel.NotApplicable, why, fields);
}
