using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Reads a MeshConfig from a file: the bare mapping, the <c>mesh</c> text of Istio's ConfigMap, or the <c>meshConfig</c> of Helm values and
/// of an IstioOperator. YAML or JSON.
/// </summary>
/// <param name="Config">What was read; Istio's defaults where nothing was, or where it was wrong.</param>
/// <param name="Problems">Errors and warnings, with their places.</param>
public sealed record MeshConfigFile(MeshConfigSpec Config, ModelList<ConfigProblem> Problems)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    public static MeshConfigFile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(MeshConfigSpec.Default, [new ConfigProblem { Severity = ConfigProblemSeverity.Error, Kind = "MeshConfig", Source = path, Message = $"the file cannot be read, Istio's defaults are used: {error.Message}" }]);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON; of several documents the first that holds a MeshConfig.</param>
    /// <param name="sourceName">What messages put before line and column.</param>
    public static MeshConfigFile Parse(string text, string sourceName = "mesh-config")
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new ProblemSink { Source = sourceName, Kind = "MeshConfig" };
        foreach (var part in YamlDocuments.Split(text))
        {
            foreach (var document in YamlNodes.Read(sourceName, part))
            {
                foreach (var error in document.Errors)
                {
                    problems.Error("", error.At, error.Message);
                }

                if (document.Root is { Kind: ConfigNodeKind.Mapping } root && Find(root) is { } found)
                {
                    return found.Text is { } inner ? Parse(inner, sourceName) : Read(found.Node!, problems);
                }
            }
        }

        return new(MeshConfigSpec.Default, problems.Problems.ToModelList());
    }

    private static MeshConfigFile Read(ConfigNode node, ProblemSink problems)
    {
        var reader = new ObjectReader("", node, problems);
        var config = MeshConfigFields.Read(reader);
        reader.Finish();
        return new(problems.HasErrors ? MeshConfigSpec.Default : config, problems.Problems.ToModelList());
    }

    // A document that says what it is but is something else holds no MeshConfig.
    private static (ConfigNode? Node, string? Text)? Find(ConfigNode root)
    {
        if (Field(root, "kind") is not { } kind)
        {
            return (Field(root, "meshConfig") ?? root, null);
        }

        return kind.Scalar switch
        {
            "ConfigMap" when Field(Field(root, "data"), "mesh")?.Scalar is { } text => (null, text),
            "IstioOperator" or "Istio" when (Field(Field(root, "spec"), "meshConfig") ?? Field(Field(Field(root, "spec"), "values"), "meshConfig")) is { } node => (node, null),
            "MeshConfig" => (Field(root, "spec") ?? root, null),
            _ => null,
        };
    }

    private static ConfigNode? Field(ConfigNode? node, string name) =>
        node is { Kind: ConfigNodeKind.Mapping } && node.IndexOf(name, false) is >= 0 and var index ? node.Fields[index].Value : null;
}
