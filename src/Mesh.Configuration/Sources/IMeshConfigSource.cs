namespace Mesh.Configuration.Sources;

/// <summary>
/// Delivers configuration and says when it has changed. Implement it to read configuration from a place the mesh does not know:
/// yield a <see cref="ConfigBatch"/> at once and another one after every change.
/// </summary>
public interface IMeshConfigSource
{
    /// <summary>Name for logs and problems, for example the path of a folder.</summary>
    string Name { get; }

    /// <summary>Of two sources that hold the same object the one with the larger number wins; see <see cref="ConfigPrecedence"/>.</summary>
    int Precedence { get; }

    /// <summary>
    /// Yields the whole content of the source, first as it is now and then after each change. When the first batch is there without
    /// waiting, yield it before the first <c>await</c>: a host then starts with it in force. An exception is reported and the method is
    /// called again after a pause, while the last content stays in force; returning means that nothing will change any more.
    /// </summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    IAsyncEnumerable<ConfigBatch> WatchAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Precedences of the built-in sources. The later something can be changed, the more it counts: what an operator edits wins over
/// what was compiled in.
/// </summary>
public static class ConfigPrecedence
{
    /// <summary>Services named in the <c>Services</c> configuration section.</summary>
    public const int DiscoveredServices = -100;

    /// <summary>Documents made in code.</summary>
    public const int Code = 0;

    /// <summary>Files and folders.</summary>
    public const int Files = 100;

    /// <summary>The <c>Mesh</c> section of IConfiguration: appsettings.json, environment variables, command line.</summary>
    public const int Configuration = 200;
}
