namespace Mesh.Model;

/// <summary>One rule: conditions and what happens to a request that meets them. The first rule that matches decides.</summary>
public sealed record RouteRule
{
    /// <summary>Name shown in telemetry and explanations; a generated one when the document gives none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Alternatives: one of them must hold. Empty: the rule always matches.</summary>
    public ModelList<RouteMatch> Matches { get; init; } = [];

    /// <summary>What happens.</summary>
    public required RouteAction Action { get; init; }

    /// <summary>The document the rule was written in.</summary>
    public ConfigOrigin? Origin { get; init; }

    /// <summary>Position of the rule in its document, from zero.</summary>
    public int Index { get; init; }
}

/// <summary>Conditions that must all hold. Source: Istio HTTPMatchRequest; conditions on the workload (labels, namespace, gateways) are decided when the model is built.</summary>
public sealed record RouteMatch
{
    /// <summary>A match that always holds.</summary>
    public static RouteMatch Any { get; } = new();

    /// <summary>Name of the match, for telemetry.</summary>
    public string? Name { get; init; }

    /// <summary>Position of the match in its rule as written, from zero; null: its position in <see cref="RouteRule.Matches"/>.</summary>
    public int? Index { get; init; }

    /// <summary>Test of the path, without query; null: any.</summary>
    public PathMatch? Path { get; init; }

    /// <summary>Test of the method, case-sensitive; null: any.</summary>
    public StringMatch? Method { get; init; }

    /// <summary>Test of the scheme; null: any.</summary>
    public StringMatch? Scheme { get; init; }

    /// <summary>Test of host and port as the request names them; null: any.</summary>
    public StringMatch? Authority { get; init; }

    /// <summary>Service port of the request; null: any.</summary>
    public int? Port { get; init; }

    /// <summary>Header tests, all of which must hold.</summary>
    public ModelList<HeaderMatch> Headers { get; init; } = [];

    /// <summary>Query parameter tests, all of which must hold; the first value of a parameter counts.</summary>
    public ModelList<QueryMatch> QueryParams { get; init; } = [];
}

/// <summary>How a <see cref="StringMatch"/> or <see cref="PathMatch"/> compares.</summary>
public enum MatchKind
{
    /// <summary>The value is equal.</summary>
    Exact,

    /// <summary>The value starts with the text; on paths without regard to segments (<c>/foo</c> matches <c>/foobar</c>).</summary>
    Prefix,

    /// <summary>The whole value matches the RE2 expression.</summary>
    Regex,

    /// <summary>The value is there, whatever it is.</summary>
    Present,

    /// <summary>Paths only: the path is equal or continues with <c>/</c> (Gateway API, Ingress).</summary>
    PathSeparatedPrefix,
}

/// <summary>A test of a text.</summary>
/// <param name="Kind">How to compare.</param>
/// <param name="Value">What to compare with; ignored for <see cref="MatchKind.Present"/>.</param>
/// <param name="IgnoreCase">Compare without regard to ASCII case; expressions never do.</param>
public sealed record StringMatch(MatchKind Kind, string Value = "", bool IgnoreCase = false)
{
    /// <summary><c>exact "jason"</c>.</summary>
    public override string ToString() => Kind == MatchKind.Present ? "present" : $"{Kind.ToString().ToLowerInvariant()} \"{Value}\"";
}

/// <summary>A test of a path without its query.</summary>
/// <param name="Kind">How to compare.</param>
/// <param name="Value">What to compare with.</param>
/// <param name="IgnoreCase">Compare exact and prefix without regard to case.</param>
public sealed record PathMatch(MatchKind Kind, string Value, bool IgnoreCase = false)
{
    /// <summary><c>prefix "/api"</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} \"{Value}\"";
}

/// <summary>A test of one header.</summary>
/// <param name="Name">Header name, compared without case.</param>
/// <param name="Value">Test of its value; several values are joined with a comma.</param>
/// <param name="Invert">True: the test must not hold, and an absent header is read as the empty text (Istio <c>withoutHeaders</c>).</param>
public sealed record HeaderMatch(string Name, StringMatch Value, bool Invert = false);

/// <summary>A test of one query parameter.</summary>
/// <param name="Name">Parameter name, case-sensitive.</param>
/// <param name="Value">Test of its first value.</param>
public sealed record QueryMatch(string Name, StringMatch Value);
