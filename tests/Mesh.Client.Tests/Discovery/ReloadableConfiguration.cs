using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Mesh.Client.Tests.Discovery;

/// <summary>Configuration that a test changes, and that counts who listens for changes.</summary>
internal sealed class ReloadableConfiguration : IConfiguration
{
    private readonly Provider _provider = new();
    private readonly ConfigurationRoot _root;

    public ReloadableConfiguration(params (string Key, string? Value)[] values)
    {
        _root = new ConfigurationRoot([_provider]);
        Set(values);
    }

    /// <summary>Registrations on the reload token that have not been disposed.</summary>
    public int Listeners;

    public string? this[string key]
    {
        get => _root[key];
        set => _root[key] = value;
    }

    public void Set(params (string Key, string? Value)[] values) => _provider.Set(values);

    public IEnumerable<IConfigurationSection> GetChildren() => _root.GetChildren();

    public IConfigurationSection GetSection(string key) => _root.GetSection(key);

    public IChangeToken GetReloadToken() => new CountedToken(this, _root.GetReloadToken());

    private sealed class Provider : ConfigurationProvider
    {
        public void Set((string Key, string? Value)[] values)
        {
            Data = values.ToDictionary(v => "Services:" + v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase);
            OnReload();
        }
    }

    private sealed class CountedToken(ReloadableConfiguration owner, IChangeToken token) : IChangeToken
    {
        public bool HasChanged => token.HasChanged;

        public bool ActiveChangeCallbacks => token.ActiveChangeCallbacks;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state)
        {
            var registration = new Registration(owner);
            registration.Inner = token.RegisterChangeCallback(
                argument =>
                {
                    // A token fires once, so one that has fired holds nobody any more.
                    registration.Release();
                    callback(argument);
                },
                state);
            return registration;
        }
    }

    private sealed class Registration : IDisposable
    {
        private readonly ReloadableConfiguration _owner;
        private int _released;

        public Registration(ReloadableConfiguration owner)
        {
            _owner = owner;
            Interlocked.Increment(ref owner.Listeners);
        }

        public IDisposable? Inner { get; set; }

        public void Release()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                Interlocked.Decrement(ref _owner.Listeners);
            }
        }

        public void Dispose()
        {
            Inner?.Dispose();
            Release();
        }
    }
}
