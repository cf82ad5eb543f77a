using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mesh.Testing;

/// <summary>
/// One life of a <see cref="LoopbackServer"/>, from start to stop. Kestrel is used without a host: it starts in milliseconds and does
/// not listen to the signals of the process.
/// </summary>
internal sealed class KestrelInstance : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LoopbackConnection> _connections = new(StringComparer.Ordinal);
    private readonly LoopbackServer _owner;
    private readonly KestrelServer _kestrel;
    private readonly ServiceProvider _services;
    private volatile bool _killed;

    private KestrelInstance(LoopbackServerOptions options, ReservedPort[] ports, LoopbackServer owner)
    {
        _owner = owner;
        _services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        var kestrel = new KestrelServerOptions { ApplicationServices = _services, AddServerHeader = false };

        // A test that trickles bytes on purpose must not be cut off for being slow.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        for (var i = 0; i < ports.Length; i++)
        {
            var protocol = options.Protocols[i];
            kestrel.Listen(IPAddress.Loopback, ports[i].Number, listen => Configure(listen, protocol, options));
        }

        var transport = new SocketTransportOptions
        {
            CreateBoundListenSocket = endpoint => ports.Single(p => p.Number == ((IPEndPoint)endpoint).Port).Take(),
        };
        _kestrel = new KestrelServer(
            Options.Create(kestrel),
            new SocketTransportFactory(Options.Create(transport), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    public int OpenConnections => _connections.Count;

    public static async Task<KestrelInstance> StartAsync(LoopbackServerOptions options, ReservedPort[] ports, LoopbackServer owner)
    {
        var instance = new KestrelInstance(options, ports, owner);
        await instance._kestrel.StartAsync(new LoopbackApplication(owner, options.RecordRequests), CancellationToken.None).ConfigureAwait(false);
        return instance;
    }

    public async Task StopAsync(TimeSpan drain)
    {
        using var limit = new CancellationTokenSource(drain, TimeProvider.System);
        await _kestrel.StopAsync(limit.Token).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async Task KillAsync()
    {
        // First the flag, so that a connection accepted from here on is reset at once, then those that are open.
        _killed = true;
        foreach (var connection in _connections.Values)
        {
            connection.Reset();
        }

        await _kestrel.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _kestrel.Dispose();
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private void Configure(ListenOptions listen, LoopbackProtocol protocol, LoopbackServerOptions options)
    {
        listen.Protocols = protocol switch
        {
            LoopbackProtocol.Http1 => HttpProtocols.Http1,
            LoopbackProtocol.H2c => HttpProtocols.Http2,
            _ => HttpProtocols.Http1AndHttp2,
        };

        // Below TLS: a reset is one of the socket, not a TLS alert.
        listen.Use(next => connection => TrackAsync(connection, next));
        if (protocol == LoopbackProtocol.Https)
        {
            listen.UseHttps(https =>
            {
                https.ServerCertificate = options.Certificate;
                if (options.ClientCertificateTrust is { } trust)
                {
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (certificate, _, _) => trust(certificate);
                }
            });
        }
    }

    private async Task TrackAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var connection = new LoopbackConnection(context);
        context.Features.Set(connection);
        _connections[context.ConnectionId] = connection;
        _owner.CountConnection();
        try
        {
            if (_killed)
            {
                connection.Reset();
                return;
            }

            await next(context).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(context.ConnectionId, out _);
        }
    }
}
