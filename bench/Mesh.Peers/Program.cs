using Mesh.Peers.Common;
using Mesh.Peers.Loopback;
using Mesh.Peers.Startup;
using Mesh.Peers.Stub;

// Each measured thing runs in a process of its own: the same program again with a "child-…" command (Processes/ChildProcess.cs).
try
{
    return args switch
    {
        ["loopback", .. var rest] => await LoopbackCommand.RunAsync(new Arguments(rest)),
        ["stub", .. var rest] => await StubCommand.RunAsync(new Arguments(rest)),
        ["startup", .. var rest] => await StartupCommand.RunAsync(new Arguments(rest)),
        ["child-upstream"] => await Upstream.RunAsync(),
        ["child-client", var mode, var targets] => LoadClient.Run(mode, Targets.Parse(targets)),
        ["child-stub", var mode] => StubClient.Run(mode),
        ["child-app", var mode, var targets] => await StartupApp.RunAsync(mode, Targets.Parse(targets)),
        _ => Usage(),
    };
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted; nothing is left running.");
    return 130;
}

static int Usage()
{
    Console.Error.WriteLine("""
        Side-by-side cost of a call: bare HttpMessageInvoker, Polly, service discovery, sidecars, the mesh.

          loopback [--callers 16,64] [--rounds 9] [--lives 1] [--seconds 2] [--no-spin] [--modes a,b] [--json FILE]
                   closed loop over real sockets; requests/s, CPU of every process, latency;
                   --lives 10 shares the rounds among ten sets of processes
          stub     [--rounds 18] [--requests 100000] [--modes a,b] [--json FILE]
                   one thread over a stub transport; ns and bytes per request
          startup  [--rounds 11] [--modes a,b] [--json FILE]
                   an ASP.NET Core application with and without the mesh; ms and MB
        """);
    return 2;
}
