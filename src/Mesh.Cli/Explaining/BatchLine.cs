using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Configuration.Explain;

namespace Mesh.Cli.Explaining;

/// <summary>One question of a batch.</summary>
internal sealed record BatchLine
{
    /// <summary>Any value; comes back with the answer.</summary>
    public JsonElement Id { get; init; }

    /// <summary>Files and folders, relative to the batch file.</summary>
    public IReadOnlyList<string>? Config { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary><c>namespace/name</c>.</summary>
    public string? Gateway { get; init; }

    public string? Listener { get; init; }

    public BatchRequest? Request { get; init; }

    public BatchDial? Dial { get; init; }
}

/// <summary>The request of a question.</summary>
internal sealed record BatchRequest
{
    public string? Method { get; init; }

    public string? Url { get; init; }

    /// <summary>A text for each name, or a list of texts.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Headers { get; init; }

    /// <summary>The Host header when it differs from the address.</summary>
    public string? Host { get; init; }

    /// <summary><c>HTTP</c> (default) or <c>GRPC</c>.</summary>
    public string? Protocol { get; init; }
}

/// <summary>Where the caller connects to.</summary>
internal sealed record BatchDial
{
    public string? Service { get; init; }

    public string? Namespace { get; init; }

    public int Port { get; init; }
}

/// <summary>An answer with the name of its question.</summary>
internal sealed record BatchAnswer : Explanation
{
    [SetsRequiredMembers]
    public BatchAnswer(JsonElement id, Explanation explanation)
        : base(explanation)
    {
        Id = id;
    }

    [JsonPropertyOrder(-1)]
    public JsonElement Id { get; }
}

/// <summary>What stands in the place of an answer when the question cannot be understood.</summary>
/// <param name="Id">The name of the question; null when it has none.</param>
/// <param name="Error">What is wrong with it.</param>
internal sealed record BatchFailure(JsonElement? Id, string Error);
