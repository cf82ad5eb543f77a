using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace Mesh.Client.Discovery;

/// <summary>The providers of Microsoft.Extensions.ServiceDiscovery that take part in one query; they live as long as the watch does.</summary>
internal sealed class ProviderSet : IAsyncDisposable
{
    private readonly List<IServiceEndpointProvider> _providers = [];

    public ProviderSet(IServiceEndpointProviderFactory[] factories, ServiceEndpointQuery query)
    {
        foreach (var factory in factories)
        {
            if (factory.TryCreateProvider(query, out var provider))
            {
                _providers.Add(provider);
            }
        }
    }

    public bool IsEmpty => _providers.Count == 0;

    public async Task<Answer> AskAsync(CancellationToken cancellationToken)
    {
        var answer = new Answer();
        foreach (var provider in _providers)
        {
            await provider.PopulateAsync(answer, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
        {
            await provider.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What the providers said once, and the tokens by which they tell that it is no longer true.</summary>
    internal sealed class Answer : IServiceEndpointBuilder
    {
        private readonly List<IChangeToken> _tokens = [];

        public IList<ServiceEndpoint> Endpoints { get; } = [];

        // The namespace is that of the package Microsoft.Extensions.Features, which the provider contract is written with; it is not ASP.NET.
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void AddChangeToken(IChangeToken changeToken) => _tokens.Add(changeToken);

        /// <summary>Waits for a token, or for <paramref name="period"/> when some token cannot call back or there is none.</summary>
        public async Task WaitForChangeAsync(TimeSpan period, TimeProvider time, CancellationToken cancellationToken)
        {
            var changed = new ChangeSignal();
            List<IDisposable> registrations = [];
            try
            {
                foreach (var token in _tokens)
                {
                    if (token.ActiveChangeCallbacks)
                    {
                        registrations.Add(token.RegisterChangeCallback(static state => ((ChangeSignal)state!).Set(), changed));
                    }
                }

                if (registrations.Count < _tokens.Count || _tokens.Count == 0)
                {
                    registrations.Add(time.CreateTimer(static state => ((ChangeSignal)state!).Set(), changed, period, Timeout.InfiniteTimeSpan));
                }

                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                foreach (var registration in registrations)
                {
                    registration.Dispose();
                }
            }
        }
    }
}
