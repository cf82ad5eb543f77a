using System.Text;
using System.Text.Json;
using Mesh.Cli.Input;
using Mesh.Cli.Output;
using Mesh.Configuration.Explain;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Cli.Explaining;

/// <summary>
/// Answers questions line by line. A configuration is read once for each distinct set of paths, namespace and labels. A line that cannot be understood gives
/// an error in its place and stops nothing.
/// </summary>
/// <param name="folder">What relative paths are relative to.</param>
/// <param name="defaults">Paths and view of lines that say nothing else.</param>
/// <param name="report">Told once of each problem that keeps a document out.</param>
internal sealed class BatchExplainer(string folder, (IReadOnlyList<string> Paths, MeshView View) defaults, Action<ConfigProblem> report)
{
    private static readonly JsonElement s_null = JsonDocument.Parse("null").RootElement;
    private readonly Dictionary<string, LoadedMesh> _loaded = new(StringComparer.Ordinal);

    /// <summary>Answers are written in portions of this many characters where nobody waits for each of them.</summary>
    private const int Portion = 64 * 1024;

    /// <summary>Reads lines to the end and writes an answer for each; empty lines are passed over.</summary>
    /// <param name="lines">The questions.</param>
    /// <param name="answers">Where the answers go.</param>
    /// <param name="atOnce">True writes each answer before the next question is read, for a program at the other end that asks one after the other.</param>
    /// <param name="cancellationToken">Ends the work between two lines.</param>
    public async Task RunAsync(TextReader lines, TextWriter answers, bool atOnce, CancellationToken cancellationToken)
    {
        var pending = new StringBuilder();
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                pending.Append(Answer(line)).Append('\n');
                if (atOnce || pending.Length >= Portion)
                {
                    await answers.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
                    await answers.FlushAsync(cancellationToken).ConfigureAwait(false);
                    pending.Clear();
                }
            }
        }

        await answers.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        await answers.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The answer to one line, itself a line of JSON.</summary>
    public string Answer(string text)
    {
        JsonElement? id = null;
        try
        {
            // The name of the question is looked for first, so that also a line of the wrong shape can be told which one it was.
            using var document = JsonDocument.Parse(text);
            id = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var found) ? found.Clone() : null;
            var line = document.RootElement.Deserialize(Json.Compact.BatchLine) ?? throw new UsageException("the line is null");
            return JsonSerializer.Serialize(new BatchAnswer(id ?? s_null, Explain(line)), Json.Compact.BatchAnswer);
        }
        catch (Exception error)
        {
            // Whatever a line holds, the lines behind it are answered.
            return JsonSerializer.Serialize(new BatchFailure(id, Message(error)), Json.Compact.BatchFailure);
        }
    }

    // What the serializer says names .NET's types, which are nothing to the one who wrote the line.
    private static string Message(Exception error) => error is not JsonException json ? error.Message
        : json.Path is { Length: > 2 } path ? $"'{path[2..]}' has the wrong type"
        : $"the line is not a JSON object: {json.Message}";

    private Explanation Explain(BatchLine line)
    {
        var view = defaults.View with
        {
            Namespace = line.Namespace is { Length: > 0 } given ? given : defaults.View.Namespace,
            Labels = line.Labels?.ToModelMap() ?? defaults.View.Labels,
        };
        var request = line.Request ?? throw new UsageException("'request' is missing");
        var authority = request.Host ?? line.Dial?.Service ?? "gateway";
        if (!ExplainRequest.TryParseUrl(request.Url ?? throw new UsageException("'request.url' is missing"), authority, out var url, out var error))
        {
            throw new UsageException(error);
        }

        return Load(line.Config, view).Explainer.Explain(new ExplainRequest
        {
            Method = request.Method is { Length: > 0 } method ? method : IsGrpc(request) ? "POST" : "GET",
            Url = url,
            Headers = Headers(request),
            Host = request.Host,
            IsGrpc = IsGrpc(request),
            Gateway = line.Gateway is null ? null : RequestText.Gateway(line.Gateway, view.Namespace),
            Listener = line.Listener,
            Dial = line.Dial is not { } dial ? null
                : new DialledService(dial.Service ?? throw new UsageException("'dial.service' is missing"), dial.Namespace ?? view.Namespace, dial.Port),
        });
    }

    private static bool IsGrpc(BatchRequest request) => request.Protocol?.ToUpperInvariant() switch
    {
        null or "" or "HTTP" or "HTTPS" or "HTTP2" or "H2" or "H2C" => false,
        "GRPC" => true,
        _ => throw new UsageException($"'request.protocol' must be HTTP or GRPC, not {request.Protocol}"),
    };

    private static List<KeyValuePair<string, string>> Headers(BatchRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in request.Headers ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                headers.AddRange(value.EnumerateArray().Select(item => KeyValuePair.Create(name, Text(name, item))));
            }
            else
            {
                headers.Add(KeyValuePair.Create(name, Text(name, value)));
            }
        }

        return headers;
    }

    private static string Text(string name, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new UsageException($"'request.headers.{name}' must be a text or a list of texts");

    private LoadedMesh Load(IReadOnlyList<string>? config, MeshView view)
    {
        var paths = config is { Count: > 0 } ? [.. config.Select(path => Path.GetFullPath(path, folder))] : defaults.Paths;
        if (paths.Count == 0)
        {
            throw new UsageException("'config' is missing");
        }

        var key = string.Join('\n', [view.Namespace, view.Labels.ToString(), .. paths]);
        if (!_loaded.TryGetValue(key, out var mesh))
        {
            _loaded.Add(key, mesh = LoadedMesh.Load(paths, view));
            foreach (var problem in mesh.LeftOut)
            {
                report(problem);
            }
        }

        return mesh;
    }
}
