using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Bookinfo;

/// <summary>The command line, the same for the supervisor and for the instances it starts.</summary>
internal sealed record BookinfoOptions
{
    public const int DefaultPort = 9080;

    public const string Usage = """
        Bookinfo on Mesh: Istio's sample application as nine processes with the mesh inside, to follow Istio's traffic-management tasks with.

          dotnet run --project samples/Bookinfo [-- options]

          --mesh=PATH        folder or file of Istio YAML that rules the traffic, watched; may be given several times
                             (default: samples/Bookinfo/mesh). Where two files have the same object, the one saved last counts.
          --port=9080        port of productpage; a free one is taken when it is in use (0: always a free one)
          --registry-only    hosts that no document names are refused (Istio's outboundTrafficPolicy REGISTRY_ONLY)
          --verbose          show what the services log
          --help             this text

        Inside the mesh of a running Bookinfo, as the pages do it from their curl and fortio pods:

          dotnet run --project samples/Bookinfo -- curl http://httpbin:8000/headers
          dotnet run --project samples/Bookinfo -- load -c 2 -n 20 http://httpbin:8000/get
        """;

    /// <summary>Service to run as; null: supervise.</summary>
    public string? Role { get; private init; }

    /// <summary>Name of this instance, for example <c>reviews-v2</c>; its Kubernetes counterpart is the name of a pod.</summary>
    public string Instance { get; private init; } = "";

    public string Version { get; private init; } = "";

    public int Port { get; private init; } = DefaultPort;

    /// <summary>Folders and files of rules.</summary>
    public IReadOnlyList<string> MeshPaths { get; private init; } = [];

    /// <summary>Folder of this run: endpoint addresses, process ids, the ratings database.</summary>
    public string RunFolder { get; private init; } = "";

    public bool RegistryOnly { get; private init; }

    public bool Verbose { get; private init; }

    public static string SourceFolder { get; } = typeof(BookinfoOptions).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "BookinfoDirectory").Value!;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out BookinfoOptions? options, [NotNullWhen(false)] out string? message)
    {
        (options, message) = (null, null);
        var parsed = new BookinfoOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            if (value is null && name is "--mesh" or "--port" && i + 1 < args.Length)
            {
                value = args[++i];
            }

            if (parsed.With(name, value ?? "") is not { } next)
            {
                message = name switch
                {
                    "--help" or "-h" or "-?" => Usage,
                    "--port" => "--port needs a number from 0 to 65535, for example --port=9080.",
                    "--mesh" => $"There is no folder or file '{value}'. --mesh names Istio YAML.",
                    _ => $"Unknown option '{args[i]}'.\n\n{Usage}",
                };
                return false;
            }

            parsed = next;
        }

        options = parsed.MeshPaths.Count > 0 ? parsed : parsed with { MeshPaths = [Path.Combine(SourceFolder, "mesh")] };
        return true;
    }

    /// <summary>These options and one more; null when it does not fit.</summary>
    private BookinfoOptions? With(string name, string value) => name switch
    {
        "--role" => this with { Role = value },
        "--instance" => this with { Instance = value },
        "--version" => this with { Version = value },
        "--run" => this with { RunFolder = value },
        "--registry-only" => this with { RegistryOnly = true },
        "--verbose" => this with { Verbose = true },
        "--mesh" when value.Length > 0 && Path.Exists(UserPath.Resolve(value)) => this with { MeshPaths = [.. MeshPaths, UserPath.Resolve(value)] },
        "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 => this with { Port = port },
        _ => null,
    };
}
