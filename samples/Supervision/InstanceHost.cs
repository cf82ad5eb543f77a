using System.Net;
using Microsoft.Extensions.Logging.Console;

namespace Samples.Supervision;

/// <summary>What the instances of all samples have in common.</summary>
internal static class InstanceHost
{
    /// <summary>A web application that listens where the supervisor said and stops when the supervisor does.</summary>
    public static WebApplicationBuilder CreateBuilder(int port, bool verbose)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders().SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning)
            .AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        builder.Services.AddSingleton<IHostLifetime, ParentLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }
}
