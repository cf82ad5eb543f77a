using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Shop;

/// <summary>The command line, the same for the supervisor and for the instances it starts.</summary>
internal sealed record ShopOptions
{
    public const string Usage = """
        Mesh shop: four small services in eight processes, joined by an in-process service mesh.

          dotnet run --project samples/Shop [-- options]

          --port=8000   port of the shop's page; a free one is taken when it is in use (0: always a free one)
          --mesh=DIR    folder of Istio YAML that rules the traffic (default: samples/Shop/mesh), watched
          --load=20     visitors per second that the shop simulates (0: none)
          --verbose     show what the services log
          --help        this text
        """;

    /// <summary>Service to run as; null: supervise.</summary>
    public string? Role { get; private init; }

    /// <summary>Name of this instance, for example <c>product-info-2</c>.</summary>
    public string Instance { get; private init; } = "";

    /// <summary>Version of the service, or empty.</summary>
    public string Version { get; private init; } = "";

    public int Port { get; private init; } = 8000;

    public string MeshFolder { get; private init; } = Path.Combine(SourceFolder, "mesh");

    /// <summary>Folder of this run: endpoint addresses, process ids, the order books.</summary>
    public string RunFolder { get; private init; } = "";

    public int Load { get; private init; } = 20;

    public bool Verbose { get; private init; }

    private static string SourceFolder { get; } = typeof(ShopOptions).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "ShopDirectory").Value!;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out ShopOptions? options, [NotNullWhen(false)] out string? message)
    {
        (options, message) = (null, null);
        var parsed = new ShopOptions();
        foreach (var arg in args)
        {
            var (name, value) = arg.Split('=', 2) is [var n, var v] ? (n, v) : (arg, "");
            if (name is "--port" or "--load")
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65535)
                {
                    message = $"{name} needs a number from 0 to 65535, for example {name}={(name == "--port" ? 8000 : 20)}.";
                    return false;
                }

                parsed = name == "--port" ? parsed with { Port = number } : parsed with { Load = number };
                continue;
            }

            ShopOptions? next = name switch
            {
                "--role" => parsed with { Role = value },
                "--instance" => parsed with { Instance = value },
                "--version" => parsed with { Version = value },
                "--mesh" => parsed with { MeshFolder = UserPath.Resolve(value) },
                "--run" => parsed with { RunFolder = value },
                "--verbose" => parsed with { Verbose = true },
                _ => null,
            };
            if (next is null)
            {
                message = name is "--help" or "-h" or "-?" ? Usage : $"Unknown option '{arg}'.\n\n{Usage}";
                return false;
            }

            parsed = next;
        }

        if (!Directory.Exists(parsed.MeshFolder))
        {
            message = $"There is no folder '{parsed.MeshFolder}'. --mesh names the folder with the mesh's YAML files.";
            return false;
        }

        options = parsed;
        return true;
    }
}
