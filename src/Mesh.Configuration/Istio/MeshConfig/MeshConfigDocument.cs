using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>The mesh's own configuration where it stands in a document.</summary>
/// <param name="Meshes">Each MeshConfig with its path inside the document.</param>
internal sealed record MeshConfigDocument(ModelList<(string Path, ConfigNode Mesh)> Meshes);

/// <summary>
/// Finds the MeshConfig of a document to be checked: one of its own (<c>kind: MeshConfig</c>, or the bare mapping of a file), what an
/// installation is given (IstioOperator, Istio, Helm values), and the text that a cluster keeps in the ConfigMap <c>istio</c>.
/// </summary>
internal static class MeshConfigDocuments
{
    private const string Name = "MeshConfig";
    private static readonly string[] s_frame = ["apiVersion", "kind", "metadata", "status"];

    private static readonly KindReader s_mesh = Kind(Name, "mesh.istio.io/v1alpha1", static root =>
    [
        root.Field("spec") is { Kind: ConfigNodeKind.Mapping } spec ? ("spec", spec)
            : root.Field("meshConfig") is { Kind: ConfigNodeKind.Mapping } inner ? ("meshConfig", inner)
            : ("", Fields(root)),
    ]);

    public static IReadOnlyList<KindReader> Kinds { get; } =
    [
        s_mesh,
        Kind("IstioOperator", "install.istio.io/v1alpha1", InSpec),
        Kind("Istio", "sailoperator.io/v1", InSpec) with { ApiVersions = ["sailoperator.io/v1", "sailoperator.io/v1alpha1"] },
    ];

    /// <summary>How a document is read whose <c>apiVersion</c> or <c>kind</c> says nothing, when it is a MeshConfig; else null.</summary>
    public static KindReader? Recognise(ConfigNode root)
    {
        if (root.Field("kind") is { } kind)
        {
            return kind.Scalar == Name ? s_mesh : null;
        }

        // A file of something else has fields of its own.
        var isBare = root.Fields.Count > 0 && root.Fields.All(static f => MeshConfigSchema.Mesh.Find(f.Key, ignoreCase: false) is not null);
        return isBare || root.Field("meshConfig") is { Kind: ConfigNodeKind.Mapping } ? s_mesh : null;
    }

    /// <summary>Checks the mesh's configuration in its ConfigMap; other ConfigMaps are nobody's business.</summary>
    public static void ValidateMap(ConfigDocument document, ProblemSink problems)
    {
        if (document.Metadata.Name != "istio" && !document.Metadata.Name.StartsWith("istio-", StringComparison.Ordinal))
        {
            return;
        }

        var at = new FieldScope(document, problems, "data");
        var data = ((ConfigMapSpec)document.Spec).Data;
        ValidateText(at["mesh"], data.GetValueOrDefault("mesh"), static (place, node) => MeshConfigValidator.Validate(place, node));
        ValidateText(at["meshNetworks"], data.GetValueOrDefault("meshNetworks"), MeshNetworksValidator.Validate);
    }

    private static void ValidateText(FieldScope at, string? text, Action<FieldScope, ConfigNode> validate)
    {
        foreach (var parsed in text is null ? [] : YamlDocuments.Split(text).SelectMany(static part => YamlNodes.Read("", part)).Take(1))
        {
            foreach (var error in parsed.Errors)
            {
                at.Error($"line {error.At.Line} of the text: {error.Message}");
            }

            if (parsed.Root is { Kind: ConfigNodeKind.Mapping } node)
            {
                validate(at, node);
            }
            else if (parsed.Root is { Kind: not ConfigNodeKind.Null } other)
            {
                at.Error($"must hold a mapping, not {other.Describe()}");
            }
        }
    }

    private static KindReader Kind(string kind, string version, Func<ConfigNode, (string, ConfigNode)[]> find) =>
        KindReader.OfDocument(kind, [version], reader =>
        {
            reader.IgnoreRest();
            return new MeshConfigDocument([.. find(reader.Node)]);
        }) with
        { Validate = Validate };

    private static void Validate(ConfigDocument document, ProblemSink problems)
    {
        foreach (var (path, mesh) in ((MeshConfigDocument)document.Spec).Meshes)
        {
            MeshConfigValidator.Validate(new FieldScope(document, problems, path), mesh);
        }
    }

    private static (string, ConfigNode)[] InSpec(ConfigNode root)
    {
        var spec = root.Field("spec");
        return
        [
            .. spec?.Field("meshConfig") is { Kind: ConfigNodeKind.Mapping } own ? [("spec.meshConfig", own)] : Array.Empty<(string, ConfigNode)>(),
            .. spec?.Field("values")?.Field("meshConfig") is { Kind: ConfigNodeKind.Mapping } value ? [("spec.values.meshConfig", value)] : Array.Empty<(string, ConfigNode)>(),
        ];
    }

    private static ConfigNode Fields(ConfigNode root)
    {
        var indexes = Enumerable.Range(0, root.Fields.Count).Where(i => !s_frame.Contains(root.Fields[i].Key, StringComparer.Ordinal)).ToArray();
        return ConfigNode.OfMapping([.. indexes.Select(i => root.Fields[i])], [.. indexes.Select(i => root.FieldPositions[i])], root.Position);
    }
}
