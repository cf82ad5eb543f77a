using Polly;

namespace Mesh.Client.DependencyInjection;

/// <summary>Strategies a user puts around the requests to a service.</summary>
internal sealed record UserResilience(string Host, Action<ResiliencePipelineBuilder<HttpResponseMessage>> Configure);
