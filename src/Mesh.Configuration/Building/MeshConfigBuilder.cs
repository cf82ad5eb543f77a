using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Model;

namespace Mesh.Configuration.Building;

/// <summary>
/// Writes configuration in C#. It makes the same documents as YAML does (ServiceEntry, DestinationRule, VirtualService), which go
/// through the same checks and the same lowering.
/// <code>
/// var builder = new MeshConfigBuilder();
/// builder.ForService("catalog", s => s
///     .Endpoints("127.0.0.1:5001", "127.0.0.1:5002")
///     .Subset("v2", ("version", "v2"))
///     .Route(r => r.WhenHeader("end-user").Is("jason").To("v2")));
/// var source = new InMemoryConfigSource(builder.Build());
/// </code>
/// </summary>
public sealed class MeshConfigBuilder
{
    private const string SourceName = "code";
    private readonly Dictionary<string, ServiceBuilder> _services = new(StringComparer.Ordinal);
    private readonly string _namespace;
    private readonly string _domainSuffix;

    /// <summary>Creates an empty builder.</summary>
    /// <param name="namespace">Namespace of the documents. Default: <c>default</c>, as for <see cref="Workload"/>.</param>
    /// <param name="domainSuffix">DNS suffix of the cluster, part of the full name of a service.</param>
    public MeshConfigBuilder(string @namespace = "default", string domainSuffix = "cluster.local")
    {
        ArgumentException.ThrowIfNullOrEmpty(@namespace);
        ArgumentException.ThrowIfNullOrEmpty(domainSuffix);
        (_namespace, _domainSuffix) = (@namespace, domainSuffix);
    }

    /// <summary>Configures a service; a second call for the same name goes on where the first ended.</summary>
    /// <param name="name">Name or host of the service: <c>catalog</c>, <c>api.example.com</c>.</param>
    /// <param name="configure">Says what is special about it.</param>
    public MeshConfigBuilder ForService(string name, Action<ServiceBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (!_services.TryGetValue(name, out var service))
        {
            _services[name] = service = new ServiceBuilder(FullName(name));
        }

        configure(service);
        return this;
    }

    /// <summary>The documents, for an <see cref="InMemoryConfigSource"/>. Mistakes in them are reported by the hub, as for every source.</summary>
    public ConfigBatch Build()
    {
        var documents = new List<ConfigDocument>();
        foreach (var (name, service) in _services)
        {
            foreach (var (kind, spec) in service.Specs())
            {
                documents.Add(Document(kind, name, spec));
            }
        }

        return ConfigBatch.FromDocuments(documents);
    }

    private ConfigDocument Document(string kind, string name, object spec) => new()
    {
        ApiVersion = "networking.istio.io/v1",
        Kind = kind,
        Metadata = new ObjectMetadata { Name = name, Namespace = _namespace },
        Spec = spec,
        Origin = new ConfigOrigin(kind, _namespace, name, SourceName),
        SourceName = SourceName,
        Position = new SourcePosition(SourceName),
    };

    // A ServiceEntry takes its hosts as they are; only the full name has the short names of a Kubernetes service.
    private string FullName(string name) => name.Contains('.', StringComparison.Ordinal) ? name : $"{name}.{_namespace}.svc.{_domainSuffix}";
}
