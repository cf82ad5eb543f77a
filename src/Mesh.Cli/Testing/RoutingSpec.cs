using Mesh.Configuration.Explain;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Cli.Testing;

/// <summary>A file of routing tests, which a team keeps beside the configuration that it tests.</summary>
internal sealed record RoutingSpec
{
    /// <summary>Files and folders of the configuration, relative to the file.</summary>
    public ModelList<string> Config { get; init; } = [];

    /// <summary>Services that are there although no document says so.</summary>
    public ModelList<string> Services { get; init; } = [];

    /// <summary>Who calls, where a test says nothing else.</summary>
    public CallerSpec From { get; init; } = new();

    public bool RegistryOnly { get; init; }

    public ModelList<RoutingTest> Tests { get; init; } = [];
}

/// <summary>The calling workload.</summary>
internal sealed record CallerSpec
{
    public string? Namespace { get; init; }

    public ModelMap<string>? Labels { get; init; }
}

/// <summary>One named case.</summary>
internal sealed record RoutingTest
{
    public required string Name { get; init; }

    public SourcePosition Position { get; init; }

    /// <summary>Configuration that this test adds to the file's.</summary>
    public ModelList<string> Config { get; init; } = [];

    public CallerSpec From { get; init; } = new();

    public required ExplainRequest Request { get; init; }

    public RoutingExpectation Expect { get; init; } = new();
}

/// <summary>What must come of the request; what is null is not looked at.</summary>
internal sealed record RoutingExpectation
{
    public ExplainedOutcome? Outcome { get; init; }

    public int? Status { get; init; }

    /// <summary>Name of the rule, or its position in its document.</summary>
    public string? Rule { get; init; }

    /// <summary>The document that decides: <c>VirtualService shop/catalog</c>.</summary>
    public string? Config { get; init; }

    public ModelList<ExpectedDestination>? Destinations { get; init; }

    /// <summary>Location of the redirect.</summary>
    public string? Redirect { get; init; }

    /// <summary>Body of the direct response.</summary>
    public string? Body { get; init; }

    /// <summary>Path with query as every backend sees it.</summary>
    public string? Path { get; init; }

    public string? Authority { get; init; }

    /// <summary>Headers that every backend sees.</summary>
    public ModelMap<string> Headers { get; init; } = ModelMap<string>.Empty;

    public ModelList<string> AbsentHeaders { get; init; } = [];

    /// <summary>Headers that the answer is given.</summary>
    public ModelMap<string> ResponseHeaders { get; init; } = ModelMap<string>.Empty;

    public TimeSpan? Timeout { get; init; }

    /// <summary>Tries after the first.</summary>
    public int? Retries { get; init; }

    public ModelList<ExpectedDestination>? Mirrors { get; init; }

    public ExpectedFault? Fault { get; init; }
}

/// <summary>One place the request must go to, and how often.</summary>
/// <param name="Host">Name of the service: short, with namespace, or full.</param>
/// <param name="Subset">Null: no subset.</param>
/// <param name="Port">Null: not looked at.</param>
/// <param name="Share">In percent; null: 100.</param>
internal sealed record ExpectedDestination(string Host, string? Subset, int? Port, double? Share);

internal sealed record ExpectedFault(TimeSpan? Delay, double? DelayPercent, int? Abort, double? AbortPercent);
