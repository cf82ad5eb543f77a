using System.Net;
using Mesh.Peers.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mesh.Peers.Loopback;

/// <summary>
/// The server that answers every mode: one Kestrel process, three HTTP/1.1 and three h2c ports (a service of three endpoints),
/// 128 bytes a response, no routing, no logs. It does the least it can, so that the ratios show the callers' side.
/// </summary>
internal static class Upstream
{
    public const int Endpoints = 3;
    public const int BodyBytes = 128;
    private static readonly byte[] s_body = [.. Enumerable.Repeat((byte)'x', BodyBytes)];

    public static async Task<int> RunAsync()
    {
        ParentWatch.ExitWithParent();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options =>
        {
            options.AddServerHeader = false;
            options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);
            for (var i = 0; i < Endpoints * 2; i++)
            {
                var protocol = i < Endpoints ? HttpProtocols.Http1 : HttpProtocols.Http2;
                options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocol);
            }
        });
        var app = builder.Build();
        app.Run(static context =>
        {
            context.Response.ContentLength = BodyBytes;
            var write = context.Response.BodyWriter.WriteAsync(s_body);
            return write.IsCompletedSuccessfully ? Task.CompletedTask : AwaitAsync(write);
        });
        await app.StartAsync();

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var ports = addresses.Select(static a => new Uri(a).Port).ToArray();
        Console.WriteLine(new Targets(ports[..Endpoints], ports[Endpoints..]));
        await app.Services.GetRequiredService<IHost>().WaitForShutdownAsync();
        return 0;

        static async Task AwaitAsync(ValueTask<System.IO.Pipelines.FlushResult> write) => await write;
    }
}
