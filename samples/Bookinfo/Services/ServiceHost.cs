using Bookinfo.Configuration;

namespace Bookinfo.Services;

/// <summary>What the services of Bookinfo have in common.</summary>
internal static class ServiceHost
{
    public static WebApplicationBuilder CreateBuilder(BookinfoOptions options)
    {
        var builder = InstanceHost.CreateBuilder(options.Port, options.Verbose);
        builder.Services.AddSingleton(options);
        return builder;
    }

    /// <summary>Puts the application on the mesh.</summary>
    public static void JoinMesh(this WebApplicationBuilder builder, BookinfoOptions options)
    {
        var run = new BookinfoRunInfo(options.RunFolder, options.MeshPaths, options.RegistryOnly);
        builder.AddServiceMesh(mesh => MeshMembership.Join(mesh, options.Role!, options.Version, run));

        // Several processes read the same files; one of them is enough to say what is wrong with them.
        builder.Logging.AddFilter("Mesh.Configuration", options.Role == "productpage" ? LogLevel.Warning : LogLevel.None);
    }

    /// <summary>A client for another service of Bookinfo. It sends on who the user is, and gives up after a time of its own, as Bookinfo's services do.</summary>
    public static void AddServiceClient(this WebApplicationBuilder builder, string service, TimeSpan timeout)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddTransient<ForwardEndUser>();
        builder.Services.AddMeshClient(service)
            .ConfigureHttpClient(client => (client.BaseAddress, client.Timeout) = (new Uri($"http://{service}:9080"), timeout))
            .AddHttpMessageHandler<ForwardEndUser>();
    }
}
