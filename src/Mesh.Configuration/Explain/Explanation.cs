using System.Text.Json.Serialization;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>What becomes of a request.</summary>
internal enum ExplainedOutcome
{
    /// <summary>It is forwarded to one of the destinations.</summary>
    Route,

    /// <summary>It is answered with a redirect.</summary>
    Redirect,

    /// <summary>It is answered with a fixed status and body.</summary>
    DirectResponse,

    /// <summary>The mesh does not know the host and lets the request through as it is.</summary>
    Passthrough,

    /// <summary>The mesh does not know the host and refuses it (REGISTRY_ONLY).</summary>
    Blackhole,

    /// <summary>The host is known, but no rule matches.</summary>
    NotFound,

    /// <summary>A rule matches, but there is nowhere to send the request.</summary>
    Error,
}

/// <summary>The decision about one request and the way to it. Its shape is the JSON that <c>meshctl explain -o json</c> prints.</summary>
internal record Explanation
{
    public required ExplainedOutcome Outcome { get; init; }

    /// <summary>Status that the mesh itself answers with; null when the request is sent on.</summary>
    public int? Status { get; init; }

    /// <summary>The document whose rule decided; null when no rule did.</summary>
    public string? Config { get; init; }

    public ExplainedRule? Rule { get; init; }

    public IReadOnlyList<ExplainedDestination> Destinations { get; init; } = [];

    /// <summary>Edits of the response that every destination shares.</summary>
    public ExplainedResponse Response { get; init; } = ExplainedResponse.None;

    public ExplainedRedirect? Redirect { get; init; }

    public ExplainedDirectResponse? DirectResponse { get; init; }

    public ExplainedFault? Fault { get; init; }

    /// <summary>Time for the whole request; null: none.</summary>
    public TimeSpan? Timeout { get; init; }

    public ExplainedRetries? Retries { get; init; }

    public IReadOnlyList<ExplainedMirror> Mirrors { get; init; } = [];

    /// <summary>Every alternative that was tried, in order; the last one is the one that matched, if one did.</summary>
    public IReadOnlyList<ConsideredMatch> Considered { get; init; } = [];

    /// <summary>Who was asked, for people: <c>service reviews.default.svc.cluster.local, port 9080</c>.</summary>
    [JsonIgnore]
    public string AskedOf { get; init; } = "";

    /// <summary>Full name of the service that was asked; null: the mesh does not know the host, or a gateway was asked.</summary>
    [JsonIgnore]
    public string? AskedService { get; init; }

    /// <summary>What else a person should know, a sentence each.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The rule of the model that decided, for those who compare with it.</summary>
    [JsonIgnore]
    public RouteRule? ModelRule { get; init; }

    /// <summary>The alternative that held; null when the rule has none.</summary>
    [JsonIgnore]
    public RouteMatch? ModelMatch { get; init; }
}

/// <summary>The rule that decided.</summary>
/// <param name="Index">Position in its document, from zero.</param>
/// <param name="Name">Its name; null when the document gives none.</param>
/// <param name="Match">Position of the alternative that held; null when the rule has no conditions.</param>
internal sealed record ExplainedRule(int Index, string? Name, int? Match);

/// <summary>One alternative of one rule and what came of it.</summary>
/// <param name="Config">The document.</param>
/// <param name="Rule">Position of the rule in it.</param>
/// <param name="Match">Position of the alternative in the rule; null when the rule has no conditions.</param>
/// <param name="Matched">True when every condition holds.</param>
/// <param name="Because">The first condition that failed, or why it matched.</param>
internal sealed record ConsideredMatch(string? Config, int Rule, int? Match, bool Matched, string Because);

/// <summary>One place the request may go to.</summary>
internal sealed record ExplainedDestination
{
    /// <summary>Full name of the service.</summary>
    public required string Host { get; init; }

    public required string Namespace { get; init; }

    /// <summary>Name of the service in its namespace; the full name of one that has none.</summary>
    public required string Service { get; init; }

    public required int Port { get; init; }

    public string? Subset { get; init; }

    public int Weight { get; init; }

    /// <summary>Part of the requests that go here, 0–1.</summary>
    public double Share { get; init; }

    /// <summary>Istio's name of the cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>Addresses written in the configuration; empty when they come from discovery.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    public string? LoadBalancer { get; init; }

    /// <summary>The key by which requests stick to one of the endpoints; null when they do not.</summary>
    [JsonIgnore]
    public ConsistentHash? ConsistentHash { get; init; }

    /// <summary>The request as the backend sees it; null when none is sent.</summary>
    public ExplainedBackendRequest? Request { get; init; }

    /// <summary>Status this share is answered with instead of being sent; absent when it is sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    /// <summary>Redirect this share is answered with; absent when it is sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplainedRedirect? Redirect { get; init; }

    /// <summary>Edits of the response that only this destination has, after the common ones; absent when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplainedResponse? Response { get; init; }
}

/// <summary>A request as a backend sees it.</summary>
/// <param name="Method">Method.</param>
/// <param name="Path">Path with query.</param>
/// <param name="Authority">Host header.</param>
/// <param name="Headers">The other headers; several values of one are joined with a comma.</param>
internal sealed record ExplainedBackendRequest(string Method, string Path, string Authority, IReadOnlyDictionary<string, string> Headers);

/// <summary>Edits of a response: removes first, then sets, then adds.</summary>
internal sealed record ExplainedResponse(IReadOnlyDictionary<string, string> SetHeaders, IReadOnlyDictionary<string, string> AddHeaders, IReadOnlyList<string> RemoveHeaders)
{
    public static ExplainedResponse None { get; } = new(new Dictionary<string, string>(), new Dictionary<string, string>(), []);

    [JsonIgnore]
    public bool IsEmpty => SetHeaders.Count == 0 && AddHeaders.Count == 0 && RemoveHeaders.Count == 0;
}

internal sealed record ExplainedRedirect(int Status, string Location);

internal sealed record ExplainedDirectResponse(int Status, string Body);

internal sealed record ExplainedFault(ExplainedDelay? Delay, ExplainedAbort? Abort);

internal sealed record ExplainedDelay(TimeSpan Duration, double Percent);

internal sealed record ExplainedAbort(int? Status, string? GrpcStatus, double Percent);

internal sealed record ExplainedRetries(int Attempts, TimeSpan? PerTryTimeout, IReadOnlyList<string> RetryOn);

internal sealed record ExplainedMirror(string Cluster, double Percent);
