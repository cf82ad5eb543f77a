using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Conditions of which all must hold. Source: Istio HTTPMatchRequest.</summary>
public sealed record HTTPMatchRequestSpec
{
    /// <summary>Name for telemetry.</summary>
    public string? Name { get; init; }

    /// <summary>Test of the path without its query.</summary>
    public StringMatchSpec? Uri { get; init; }

    /// <summary>Test of the scheme.</summary>
    public StringMatchSpec? Scheme { get; init; }

    /// <summary>Test of the method, case-sensitive.</summary>
    public StringMatchSpec? Method { get; init; }

    /// <summary>Test of host and port as the request names them.</summary>
    public StringMatchSpec? Authority { get; init; }

    /// <summary>Header tests by name, all of which must hold.</summary>
    public ModelMap<StringMatchSpec> Headers { get; init; } = ModelMap<StringMatchSpec>.Empty;

    /// <summary>Service port the request is addressed to; null: any.</summary>
    public int? Port { get; init; }

    /// <summary>Labels the calling workload must carry. Decided when the model is built.</summary>
    public ModelMap<string> SourceLabels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Gateways this match is for, instead of the document's; naming any switches the test of the source off.</summary>
    public ModelList<string> Gateways { get; init; } = [];

    /// <summary>Query parameter tests by name, all of which must hold.</summary>
    public ModelMap<StringMatchSpec> QueryParams { get; init; } = ModelMap<StringMatchSpec>.Empty;

    /// <summary>Compares exact and prefix paths without case. Default false.</summary>
    public bool? IgnoreUriCase { get; init; }

    /// <summary>Header tests of which none may hold; an absent header counts as empty.</summary>
    public ModelMap<StringMatchSpec> WithoutHeaders { get; init; } = ModelMap<StringMatchSpec>.Empty;

    /// <summary>Namespace of the calling workload; null: any. Decided when the model is built.</summary>
    public string? SourceNamespace { get; init; }

    /// <summary>Prefix of per-route statistics of a proxy. Read only.</summary>
    public string? StatPrefix { get; init; }
}
