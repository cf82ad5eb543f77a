using System.Net;
using System.Net.Sockets;
using Mesh.Peers.Processes;

namespace Mesh.Peers.Loopback;

internal enum SidecarKind
{
    None,
    Nginx,
    NginxTwice,
    Haproxy,
}

/// <summary>
/// A proxy in a process of its own between client and upstream: round robin over the three endpoints, connections kept, no logs.
/// Two nginx in a row are what a mesh of sidecars has: one beside the caller, one beside the server.
/// </summary>
internal sealed class Sidecar : IDisposable
{
    private readonly string _directory;
    private readonly List<ChildProcess> _processes = [];

    private Sidecar()
    {
        _directory = Directory.CreateTempSubdirectory("mesh-peers-").FullName;
    }

    public int Port { get; private set; }

    /// <summary>All processes of the proxy, workers included.</summary>
    public int[] ProcessIds => [.. _processes.SelectMany(static p => CpuTime.Tree(p.Id))];

    public static async Task<Sidecar> StartAsync(SidecarKind kind, int[] upstream, CancellationToken cancellationToken)
    {
        var sidecar = new Sidecar();
        try
        {
            switch (kind)
            {
                case SidecarKind.Nginx:
                    await sidecar.StartNginxAsync("one", upstream, cancellationToken);
                    break;
                case SidecarKind.NginxTwice:
                    await sidecar.StartNginxAsync("inner", upstream, cancellationToken);
                    await sidecar.StartNginxAsync("outer", [sidecar.Port], cancellationToken);
                    break;
                case SidecarKind.Haproxy:
                    await sidecar.StartHaproxyAsync(upstream, cancellationToken);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(kind));
            }

            return sidecar;
        }
        catch
        {
            sidecar.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartNginxAsync(string name, int[] upstream, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var home = Directory.CreateDirectory(Path.Combine(_directory, name)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(home, "nginx.conf"),
            $$"""
            daemon off; pid {{home}}/nginx.pid; error_log stderr crit; worker_processes auto;
            events { worker_connections 1024; }
            http {
              access_log off; keepalive_timeout 600s; keepalive_requests 1000000000;
              client_body_temp_path {{home}}/body; proxy_temp_path {{home}}/proxy; fastcgi_temp_path {{home}}/fastcgi;
              uwsgi_temp_path {{home}}/uwsgi; scgi_temp_path {{home}}/scgi;
              upstream catalog { {{string.Concat(upstream.Select(static p => $"server 127.0.0.1:{p}; "))}}
                keepalive 128; keepalive_timeout 600s; keepalive_requests 1000000000; }
              server { listen 127.0.0.1:{{port}};
                location / { proxy_pass http://catalog; proxy_http_version 1.1; proxy_set_header Connection ""; } }
            }
            """,
            cancellationToken);
        await StartAsync($"nginx -p {home} -c {home}/nginx.conf -e stderr", port, cancellationToken);
    }

    private async Task StartHaproxyAsync(int[] upstream, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var file = Path.Combine(_directory, "haproxy.cfg");
        await File.WriteAllTextAsync(
            file,
            $"""
            global
              maxconn 4096
            defaults
              mode http
              timeout connect 5s
              timeout client 600s
              timeout server 600s
              http-reuse always
            frontend catalog
              bind 127.0.0.1:{port}
              default_backend catalog
            backend catalog
              balance roundrobin
              {string.Join("\n  ", upstream.Select(static (p, i) => $"server e{i} 127.0.0.1:{p} pool-purge-delay 600s"))}

            """,
            cancellationToken);
        await StartAsync($"haproxy -db -f {file}", port, cancellationToken);
    }

    private async Task StartAsync(string command, int port, CancellationToken cancellationToken)
    {
        _processes.Add(ChildProcess.StartForeign(command));
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                Port = port;
                return;
            }
            catch (SocketException) when (attempt < 100)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <summary>A port that was free a moment ago; proxies cannot say which one they got for port 0.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
