namespace Mesh.ArchitectureTests;

/// <summary>Who may know whom. The tests read these tables; to change the architecture, change them and write down why (docs/adr).</summary>
internal static class DependencyRules
{
    /// <summary>Product projects and the product projects each may reference.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Projects = new Dictionary<string, string[]>
    {
        ["Mesh.Abstractions"] = [],
        ["Mesh.Configuration"] = ["Mesh.Abstractions"],
        ["Mesh.Client"] = ["Mesh.Configuration", "Mesh.Abstractions"],
        ["Mesh.AspNetCore"] = ["Mesh.Client", "Mesh.Configuration", "Mesh.Abstractions"],
        ["Mesh.Xds"] = ["Mesh.Client", "Mesh.Configuration", "Mesh.Abstractions"],
        ["Mesh.Kubernetes"] = ["Mesh.Client", "Mesh.Configuration", "Mesh.Abstractions"],
        ["Mesh.Etcd"] = ["Mesh.Client", "Mesh.Configuration", "Mesh.Abstractions"],
        ["Mesh.Testing"] = ["Mesh.Client", "Mesh.Configuration", "Mesh.Abstractions"],
        ["Mesh.Cli"] = ["Mesh.Configuration", "Mesh.Abstractions", "Mesh.Client", "Mesh.Xds", "Mesh.Kubernetes", "Mesh.Etcd", "Mesh.AspNetCore"],
    };

    /// <summary>Packages of the innermost project: the base library and change tokens, nothing else.</summary>
    public static readonly string[] AbstractionsPackages = ["Microsoft.Extensions.Primitives"];

    /// <summary>
    /// Folders (= namespaces) of Mesh.Client and the folders each may use. The root namespace, the model and other projects are open
    /// to all. DependencyInjection puts everything together and is used by nobody.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> ClientFolders = new Dictionary<string, string[]>
    {
        ["DependencyInjection"] = ["Http", "Compile", "Runtime", "Balancing", "Resilience", "Health", "Transport", "Discovery", "Telemetry"],
        ["Http"] = ["Compile", "Runtime", "Resilience", "Transport", "Balancing", "Health", "Telemetry"],
        ["Runtime"] = ["Compile", "Health", "Balancing", "Transport", "Telemetry"],
        ["Compile"] = ["Balancing"],
        ["Resilience"] = ["Compile", "Telemetry", "Balancing", "Health"],
        ["Health"] = ["Compile"],
        ["Transport"] = ["Compile", "Telemetry"],
        ["Balancing"] = [],
        ["Discovery"] = [],
        ["Telemetry"] = [],
    };

    /// <summary>Folders of Mesh.Configuration: what each may <em>not</em> use. Languages never know one another; all lower to the model.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> ConfigurationForbidden = new Dictionary<string, string[]>
    {
        ["Istio"] = ["GatewayApi", "Lowering"],
        ["GatewayApi"] = ["Istio", "Lowering"],
        ["Kubernetes"] = ["GatewayApi"],
        ["Registry"] = ["Istio", "GatewayApi", "Lowering", "Sources"],
        ["Naming"] = ["Istio", "GatewayApi", "Registry", "Lowering", "Sources"],
        ["Reading"] = ["Istio", "GatewayApi", "Kubernetes", "Registry", "Lowering", "Sources", "Analysis", "Explain"],
    };

    /// <summary>Libraries that only some places may use: a namespace prefix and the path prefixes where it is welcome.</summary>
    public static readonly (string Namespace, string[] Places, string Why)[] Confined =
    [
        ("YamlDotNet", ["src/Mesh.Configuration/Reading/"], "everything above Reading works on positioned nodes"),
        ("Polly", ["src/Mesh.Client/Resilience/", "src/Mesh.Client/DependencyInjection/"], "Polly carries the route policy and nothing else"),
        (
            "Microsoft.AspNetCore",
            ["src/Mesh.AspNetCore/", "src/Mesh.Testing/", "src/Mesh.Cli/"],
            "the client runs in processes without ASP.NET"),
    ];

    /// <summary>ServiceDiscovery's endpoints carry their features in this type of ASP.NET, which comes with its package.</summary>
    public static readonly (string Namespace, string Place) FeatureCollectionException = ("Microsoft.AspNetCore.Http.Features", "src/Mesh.Client/Discovery/");

    /// <summary>Namespaces of others that extension methods are declared in, so that users find them without a using.</summary>
    public static readonly string[] ExtensionNamespaces = ["Microsoft.Extensions.", "System.Net.Http", "OpenTelemetry.", "Polly"];
}
