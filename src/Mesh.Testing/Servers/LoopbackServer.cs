using System.Collections.Concurrent;
using System.Net;

namespace Mesh.Testing;

/// <summary>
/// A real Kestrel on 127.0.0.1 that a test starts, stops, kills and restarts on the same ports, with a programmable behaviour and a
/// record of what it got. Thread-safe except for start, stop, kill and dispose, which a test calls one after the other.
/// </summary>
/// <example>
/// <code>
/// await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "catalog-1" });
/// server.Behavior = LoopbackBehavior.Status(503);
/// </code>
/// </example>
public sealed class LoopbackServer : IAsyncDisposable
{
    /// <summary>Header of every answer that carries the instance's name.</summary>
    public const string InstanceHeader = "x-instance";

    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();
    private readonly ReservedPort[] _ports;
    private readonly LoopbackServerOptions _options;
    private readonly Lock _gate = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiters = [];
    private volatile LoopbackBehavior _behavior;
    private KestrelInstance? _running;
    private long _requestCount;
    private long _connectionCount;

    private LoopbackServer(LoopbackServerOptions options)
    {
        _options = options;
        _behavior = options.Behavior;
        _ports = [.. options.Protocols.Select(static _ => new ReservedPort())];
    }

    /// <summary>The instance's name.</summary>
    public string Name => _options.Name;

    /// <summary>The port of the first protocol. It stays the server's own while it is stopped.</summary>
    public int Port => _ports[0].Number;

    /// <summary>The address of the first protocol.</summary>
    public Uri Address => AddressOf(_options.Protocols[0]);

    /// <summary><c>127.0.0.1:port</c> of the first protocol.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>True between a start and the next stop or kill.</summary>
    public bool IsRunning => _running is not null;

    /// <summary>What it does with requests from now on; requests being answered keep theirs.</summary>
    public LoopbackBehavior Behavior
    {
        get => _behavior;
        set => _behavior = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Requests so far, over all restarts.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>Connections accepted so far, over all restarts.</summary>
    public long ConnectionCount => Interlocked.Read(ref _connectionCount);

    /// <summary>Connections open now.</summary>
    public int OpenConnections => _running?.OpenConnections ?? 0;

    /// <summary>The recorded requests in order of arrival, over all restarts.</summary>
    public IReadOnlyList<LoopbackRequest> Requests => [.. _requests];

    /// <summary>Creates a server and starts it.</summary>
    /// <param name="options">How; null: an HTTP/1.1 server that answers 200.</param>
    public static async Task<LoopbackServer> StartAsync(LoopbackServerOptions? options = null)
    {
        options ??= new LoopbackServerOptions();
        if (options.Protocols.Count == 0)
        {
            throw new ArgumentException("A server speaks at least one protocol.", nameof(options));
        }

        if (options.Protocols.Contains(LoopbackProtocol.Https) && options.Certificate is null)
        {
            throw new ArgumentException("An HTTPS port needs a certificate; TestCertificates issues one.", nameof(options));
        }

        var server = new LoopbackServer(options);
        await server.RestartAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>The port of a protocol.</summary>
    /// <param name="protocol">One of those it was started with.</param>
    public int PortOf(LoopbackProtocol protocol)
    {
        for (var i = 0; i < _ports.Length; i++)
        {
            if (_options.Protocols[i] == protocol)
            {
                return _ports[i].Number;
            }
        }

        throw new ArgumentException($"The server does not speak {protocol}.", nameof(protocol));
    }

    /// <summary>The address of a protocol; the host is <c>127.0.0.1</c>.</summary>
    /// <param name="protocol">One of those it was started with.</param>
    public Uri AddressOf(LoopbackProtocol protocol) =>
        new UriBuilder(protocol == LoopbackProtocol.Https ? "https" : "http", IPAddress.Loopback.ToString(), PortOf(protocol)).Uri;

    /// <summary>Starts a stopped or killed server again on the same ports.</summary>
    /// <exception cref="InvalidOperationException">It is running.</exception>
    public async Task RestartAsync()
    {
        if (_running is not null)
        {
            throw new InvalidOperationException($"The server '{Name}' is running.");
        }

        _running = await KestrelInstance.StartAsync(_options, _ports, this).ConfigureAwait(false);
    }

    /// <summary>Stops as a well-behaved process does: takes no new connections, finishes the requests it has, closes.</summary>
    /// <param name="drain">Time for requests to finish, after which they are aborted; null: 10 s.</param>
    public async Task StopAsync(TimeSpan? drain = null)
    {
        if (Interlocked.Exchange(ref _running, null) is { } instance)
        {
            await instance.StopAsync(drain ?? TestDeadline.Default).ConfigureAwait(false);
            ReservePorts();
        }
    }

    /// <summary>Dies as a crashed process does: every connection is reset, new ones are refused.</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is { } instance)
        {
            await instance.KillAsync().ConfigureAwait(false);
            ReservePorts();
        }
    }

    /// <summary>Completes when the server has got at least this many requests over its whole life, their bodies read or not.</summary>
    /// <param name="count">Number of requests.</param>
    /// <param name="timeout">Real time after which the wait fails; null: 10 s.</param>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public async Task WaitForRequestsAsync(long count, TimeSpan? timeout = null)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (RequestCount >= count)
            {
                return;
            }

            _waiters.Add((count, reached));
        }

        try
        {
            await reached.Task.WaitAsync(timeout ?? TestDeadline.Default, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The server '{Name}' was to get {count} requests and got {RequestCount}.", e);
        }
    }

    /// <summary>Kills the server if it runs and gives its ports back.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        foreach (var port in _ports)
        {
            port.Dispose();
        }
    }

    internal void CountConnection() => Interlocked.Increment(ref _connectionCount);

    internal void CountRequest()
    {
        lock (_gate)
        {
            _requestCount++;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_requestCount >= _waiters[i].Count)
                {
                    _waiters[i].Reached.TrySetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    internal void Record(LoopbackRequest request) => _requests.Enqueue(request);

    private void ReservePorts()
    {
        foreach (var port in _ports)
        {
            port.Reserve();
        }
    }
}
