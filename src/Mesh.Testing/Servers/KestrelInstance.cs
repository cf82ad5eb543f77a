using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Testing;

/// <summary>
/// One life of a <see cref="LoopbackServer"/>, from start to stop. The host only puts Kestrel together and is never started: the server
/// is up in milliseconds and does not listen to the signals of the process.
/// </summary>
internal sealed class KestrelInstance : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LoopbackConnection> _connections = new(StringComparer.Ordinal);
    private readonly LoopbackServer _owner;
    private readonly WebApplication _host;
    private readonly IServer _kestrel;
    private volatile bool _killed;

    private KestrelInstance(LoopbackServerOptions options, ReservedPort[] ports, LoopbackServer owner)
    {
        _owner = owner;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A test that trickles bytes on purpose must not be cut off for being slow.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            for (var i = 0; i < ports.Length; i++)
            {
                var protocol = options.Protocols[i];
                kestrel.Listen(IPAddress.Loopback, ports[i].Number, listen => Configure(listen, protocol, options));
            }
        });
        builder.Services.Configure<SocketTransportOptions>(transport =>
        {
            transport.CreateBoundListenSocket = endpoint => ports.Single(p => p.Number == ((IPEndPoint)endpoint).Port).Take();

            // The smallest buffer whose flush completes only when the kernel has the bytes, so that a reset never overtakes them.
            transport.MaxWriteBufferSize = 2;
        });
        _host = builder.Build();
        _kestrel = _host.Services.GetRequiredService<IServer>();
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

    public ValueTask DisposeAsync() => _host.DisposeAsync();

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
