using Mesh.Client.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Decides per client whether it is part of the mesh. All clients of the factory are, unless told otherwise.</summary>
public static class ServiceMeshHttpClientBuilderExtensions
{
    /// <summary>Puts the client on the mesh (again).</summary>
    /// <param name="builder">The client.</param>
    public static IHttpClientBuilder AddServiceMesh(this IHttpClientBuilder builder) => Set(builder, isMeshed: true);

    /// <summary>Keeps the client off the mesh: it behaves as if the mesh were not there.</summary>
    /// <param name="builder">The client.</param>
    public static IHttpClientBuilder RemoveServiceMesh(this IHttpClientBuilder builder) => Set(builder, isMeshed: false);

    private static IHttpClientBuilder Set(IHttpClientBuilder builder, bool isMeshed)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<MeshClientOptions>(builder.Name, options => options.IsMeshed = isMeshed);
        return builder;
    }
}
