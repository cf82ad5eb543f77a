using System.Net;
using Mesh.Configuration.Explain;
using Mesh.Discovery;

namespace Mesh.PropertyTests.Explaining;

/// <summary>A network that answers 200 at once and keeps the last request as it left the mesh.</summary>
internal sealed class RecordingNetwork
{
    /// <summary>What an endpoint saw last; null: nothing since the last <see cref="Forget"/>.</summary>
    public (string Endpoint, ExplainedBackendRequest Request)? Last { get; private set; }

    public void Forget() => Last = null;

    public HttpMessageHandler For(string endpoint) => new Handler(this, endpoint);

    public HttpMessageHandler For(MeshEndpoint endpoint) => For($"{endpoint.Address}:{endpoint.Port}");

    private static string Join(string name, IEnumerable<string> values) =>
        string.Join(name.ToLowerInvariant() switch { "cookie" => "; ", "user-agent" => " ", _ => "," }, values);

    private sealed class Handler(RecordingNetwork network, string endpoint) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var uri = request.RequestUri!;
            var headers = request.Headers.NonValidated
                .Where(static h => !h.Key.Equals("host", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(static h => h.Key, static h => Join(h.Key, h.Value), StringComparer.OrdinalIgnoreCase);
            network.Last = (endpoint, new ExplainedBackendRequest(request.Method.Method, uri.PathAndQuery, request.Headers.Host ?? uri.Authority, headers));
            var response = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Version = request.Version };
            response.Headers.TryAddWithoutValidation("x-resp", "first");
            response.Headers.TryAddWithoutValidation("x-resp", "second");
            return Task.FromResult(response);
        }
    }
}
