using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HelloWorld;

/// <summary>The replicas, each a process with a port of its own.</summary>
internal sealed class Replicas : IDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);
    private readonly List<Process> _processes = [];

    private Replicas(string program, IEnumerable<string> addresses) => (Program, Addresses) = (program, [.. addresses]);

    /// <summary>What they are: the Go program or the stand-in.</summary>
    public string Program { get; }

    public List<string> Addresses { get; }

    public IReadOnlyList<int> Pids => _processes.ConvertAll(p => p.Id);

    public static async Task<Replicas> StartAsync(string sourceFolder, int count, bool useGo)
    {
        var (go, reason) = useGo ? await GoProgram.BuildAsync(sourceFolder) : (null, "Asked to do without Go");
        if (go is null)
        {
            Console.WriteLine($"  {reason}: a .NET program stands in for the Go program.");
            Console.WriteLine();
        }

        var replicas = new Replicas(go is null ? "stand-in" : "go", FreeAddresses(count));
        foreach (var address in replicas.Addresses)
        {
            replicas._processes.Add(Process.Start(StartInfo(go, address))!);
        }

        await Task.WhenAll(replicas.Addresses.Select(IsListeningAsync));
        return replicas;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static ProcessStartInfo StartInfo(string? go, string address)
    {
        var self = Environment.ProcessPath!;
        var start = go is not null ? new ProcessStartInfo(go)
            : Path.GetFileNameWithoutExtension(self) == "dotnet" ? new ProcessStartInfo(self, [typeof(Replicas).Assembly.Location, "--stand-in"])
            : new ProcessStartInfo(self, ["--stand-in"]);
        start.Environment["LISTEN_ADDRESS"] = address;
        return start;
    }

    // All are held until the last one is found, so that they differ.
    private static List<string> FreeAddresses(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var addresses = listeners.ConvertAll(l => l.LocalEndpoint.ToString()!);
        listeners.ForEach(l => l.Dispose());
        return addresses;
    }

    private static async Task IsListeningAsync(string address)
    {
        using var limit = new CancellationTokenSource(s_startLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPEndPoint.Parse(address), limit.Token);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
        while (await timer.WaitForNextTickAsync(limit.Token));
    }
}
