using Mesh.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts an application on the mesh.</summary>
public static class ServiceMeshHostApplicationBuilderExtensions
{
    /// <summary>
    /// Every HttpClient of the application becomes part of the mesh: discovery, routing, balancing, retries, outlier detection, telemetry.
    /// Reads the configuration sections <c>Mesh</c> (documents and options) and <c>Services</c> (endpoints); more with <paramref name="configure"/>.
    /// Calling it again adds to the same mesh.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="configure">Adds files, sources, rules; null: none.</param>
    public static IServiceMeshBuilder AddServiceMesh(this IHostApplicationBuilder builder, Action<IServiceMeshBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var mesh = builder.Services.AddServiceMesh(builder.Configuration);
        var environment = builder.Environment;
        builder.Services.AddSingleton<IPostConfigureOptions<MeshOptions>>(new PostConfigureOptions<MeshOptions>(Options.Options.DefaultName, options =>
        {
            options.WorkloadName = options.WorkloadName.Length > 0 ? options.WorkloadName : environment.ApplicationName;
            options.ContentRoot ??= environment.ContentRootPath;
        }));
        configure?.Invoke(mesh);
        return mesh;
    }
}
