using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Validation;

/// <summary>
/// Says of documents what a cluster with Istio would say on <c>kubectl apply</c>: the schema of each kind as the API server checks it, then
/// Istio's admission check. Each document is looked at by itself, one result each, also for kinds that are not the mesh's.
/// </summary>
internal sealed class DocumentValidator(string defaultNamespace = DocumentValidator.DefaultNamespace)
{
    public const string DefaultNamespace = "default";

    private readonly BatchReading _reading = new(FrontEnd.Admission(defaultNamespace));

    /// <summary>Checks the documents of a text.</summary>
    /// <param name="text">YAML, any number of documents, or JSON.</param>
    /// <param name="file">What results call the text.</param>
    /// <param name="format">What it is written in.</param>
    public ModelList<DocumentValidation> ValidateText(string text, string file = "-", ConfigTextFormat format = ConfigTextFormat.Yaml) =>
        Validate(ConfigBatch.FromTexts([new ConfigText(file, text, format)]));

    /// <summary>Checks files and the files (<c>*.yaml</c>, <c>*.yml</c>, <c>*.json</c>) of folders, in the order of the paths.</summary>
    /// <param name="paths">Files and folders. One that cannot be read gives a result of its own with an error.</param>
    public ModelList<DocumentValidation> ValidatePaths(IEnumerable<string> paths)
    {
        var results = new List<DocumentValidation>();
        foreach (var path in paths)
        {
            var batch = new FolderScan(path).Read().Batch;
            results.AddRange(batch.Problems.Select(static p => Unreadable(p)));
            results.AddRange(Validate(batch));
        }

        return results.ToModelList();
    }

    /// <summary>Checks the MeshConfig in a file that is said to hold one: a mapping that says nothing of itself is taken for it, whatever its fields.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">What results call the text.</param>
    /// <param name="format">What it is written in.</param>
    public ModelList<DocumentValidation> ValidateMeshConfigFile(string text, string file = "-", ConfigTextFormat format = ConfigTextFormat.Yaml)
    {
        var results = ValidateText(text, file, format);
        return results.All(static r => r.Kind.Length == 0 && r.IsValid) ? [ValidateMeshConfig(text, file: file)] : results;
    }

    /// <summary>Checks a MeshConfig by itself, which is a message without kind and name.</summary>
    /// <param name="text">YAML or JSON, one mapping.</param>
    /// <param name="isWhole">True when what is not written is zero, as in a message that has been put together; false when it has Istio's default.</param>
    /// <param name="file">What the result calls the text.</param>
    public static DocumentValidation ValidateMeshConfig(string text, bool isWhole = false, string file = "-") =>
        ValidateMessage("MeshConfig", text, file, (at, mesh) => MeshConfigValidator.Validate(at, mesh, isWhole));

    /// <summary>Checks MeshNetworks, which is a message without kind and name.</summary>
    /// <param name="text">YAML or JSON, one mapping.</param>
    /// <param name="file">What the result calls the text.</param>
    public static DocumentValidation ValidateMeshNetworks(string text, string file = "-") => ValidateMessage("MeshNetworks", text, file, MeshNetworksValidator.Validate);

    private static DocumentValidation ValidateMessage(string kind, string text, string file, Action<FieldScope, ConfigNode> validate)
    {
        var problems = new ProblemSink { Source = file, Kind = kind, Purpose = ReadingPurpose.Admission };
        foreach (var parsed in YamlNodes.ReadAll(file, text))
        {
            foreach (var error in parsed.Errors)
            {
                problems.Error("", error.At, error.Message);
            }

            if (parsed.Root is { Kind: ConfigNodeKind.Mapping } root)
            {
                var document = new ConfigDocument
                {
                    ApiVersion = "",
                    Kind = kind,
                    Metadata = new ObjectMetadata { Name = "" },
                    Spec = root,
                    Origin = new ConfigOrigin(kind, "", "", file, root.Position.Line),
                    Position = root.Position,
                    SourceName = file,
                    Positions = path => FieldPath.Locate(root, path, ignoreCase: false),
                };
                validate(new FieldScope(document, problems, ""), root);
            }
        }

        return new DocumentValidation
        {
            File = file,
            Line = 1,
            Kind = kind,
            Errors = Findings(problems.Problems, ConfigProblemSeverity.Error),
            Warnings = Findings(problems.Problems, ConfigProblemSeverity.Warning),
        };
    }

    private ModelList<DocumentValidation> Validate(ConfigBatch batch) => _reading.Read(batch).Select(Result).ToModelList();

    private static DocumentValidation Result(DocumentResult result) => new()
    {
        File = result.SourceName,
        Line = result.Position.Line,
        Kind = result.Identity.Kind ?? "",
        Namespace = result.Identity.Namespace ?? "",
        Name = result.Identity.Name ?? "",
        Errors = Findings(result.Problems, ConfigProblemSeverity.Error),
        Warnings = Findings(result.Problems, ConfigProblemSeverity.Warning),
    };

    private static DocumentValidation Unreadable(ConfigProblem problem) => new()
    {
        File = problem.Source ?? "",
        Errors = [new DocumentFinding("", problem.Message, problem.Line, problem.Column)],
    };

    private static ModelList<DocumentFinding> Findings(IReadOnlyList<ConfigProblem> problems, ConfigProblemSeverity severity) =>
        problems.Where(p => p.Severity == severity).Select(static p => new DocumentFinding(p.Field, p.Message, p.Line, p.Column)).ToModelList();
}
