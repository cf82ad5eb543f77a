using Mesh.Client;
using Mesh.Client.Balancing;
using Mesh.Client.Compile;
using Mesh.Client.Http;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Configuration.Explain;
using Mesh.Configuration.Sources;
using Mesh.Discovery;
using Mesh.Model;
using Mesh.PropertyTests.Routing;
using Mesh.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.PropertyTests.Explaining;

/// <summary>
/// The whole request path, from the handler to the endpoint's transport, over a network that only records. Models come into force one after the other, as
/// reloads do; the choice between destinations is the test's.
/// </summary>
internal sealed class MeshUnderTest : IAsyncDisposable
{
    private const string Elsewhere = "elsewhere";
    private readonly RecordingNetwork _network = new();
    private readonly ChosenNumber _random = new();
    private readonly ManualTimeProvider _time = new();
    private readonly MeshRuntime _runtime;
    private readonly HttpMessageInvoker _client;

    public MeshUnderTest()
    {
        var pipelines = new RoutePipelineFactory(_time, _random.Next);
        _runtime = new MeshRuntime(new MeshRuntimeParts
        {
            Hub = new MeshConfigHub([], new MeshConfigHubOptions(), NullLogger<MeshConfigHub>.Instance),
            OpenFeed = static _ => new NoFeed(),
            Options = new MeshOptions(),
            LoadBalancers = new LoadBalancers([]),
            CreatePipeline = pipelines.Create,
            Logger = NullLogger.Instance,
            Time = _time,
            Random = _random,
        });
        _runtime.Transports.Override = _network.For;
        _client = new HttpMessageInvoker(new MeshPrimaryHandler(_runtime, _network.For(Elsewhere)));
    }

    public void Apply(MeshModel model) => _runtime.Apply(new ConfigSnapshot { Model = model });

    /// <summary>What the matcher says; null: the host is no service.</summary>
    public (CompiledRoute Route, CompiledMatch? Match)? Match(HttpRequestMessage message)
    {
        var mesh = _runtime.Current!;
        var uri = message.RequestUri!;
        var service = mesh.FindService(uri.Host) ?? (uri.Host.StartsWith('_') ? mesh.FindNamedEndpoint(uri.Host) : null);
        return service is null ? null : (service.TableFor(uri).Match(message, out var match), match);
    }

    /// <summary>Sends the request; of several destinations the one at <paramref name="share"/> (0–1) of the weights is drawn.</summary>
    public async Task<SentRequest> SendAsync(RequestCase request, double share)
    {
        _random.Value = (ulong)(share * uint.MaxValue) << 32;
        _network.Forget();
        using var message = request.Build();
        var begin = _time.Elapsed;
        var answer = _client.SendAsync(message, CancellationToken.None);
        while (!answer.IsCompleted)
        {
            // Nothing here takes time but what is held back on purpose.
            if (_time.ArmedTimers > 0)
            {
                _time.AdvanceToNextTimer();
            }

            await Task.Yield();
        }

        using var response = await answer;
        return new SentRequest(
            (int)response.StatusCode,
            _time.Elapsed - begin,
            response.Headers.NonValidated.TryGetValues("Location", out var location) ? location.ToString() : null,
            response.Headers.NonValidated.Where(static h => h.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && h.Key != LocalReply.FlagsHeader)
                .ToDictionary(static h => h.Key, static h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase),
            _network.Last?.Endpoint,
            _network.Last?.Request,
            message.RequestUri!.OriginalString == request.Uri);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _runtime.DisposeAsync();
    }

    /// <summary>Every draw gives the same number.</summary>
    private sealed class ChosenNumber : RandomSource
    {
        public ulong Value { get; set; }

        public override ulong Next() => Value;
    }

    private sealed class NoFeed : IEndpointFeed
    {
        public Task FirstResult => Task.CompletedTask;

        public void Start(Action<ModelList<MeshEndpoint>> onEndpoints) => onEndpoints([]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>What came of a request.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Waited">How long the request was held back.</param>
/// <param name="Location">Of a redirect.</param>
/// <param name="Headers">Of the answer, those whose names begin with <c>x-</c>.</param>
/// <param name="Endpoint">Who got the request; null: nobody.</param>
/// <param name="Seen">As it got there.</param>
/// <param name="IsRestored">The caller's message is as it was.</param>
internal sealed record SentRequest(int Status, TimeSpan Waited, string? Location, IReadOnlyDictionary<string, string> Headers, string? Endpoint, ExplainedBackendRequest? Seen, bool IsRestored);
