using System.CommandLine;
using System.Text.Json;
using Mesh.Cli.Findings;
using Mesh.Cli.Input;
using Mesh.Cli.Output;
using Mesh.Configuration.Validation;

namespace Mesh.Cli.Commands;

/// <summary><c>meshctl validate</c>: is each document right by itself.</summary>
internal static class ValidateCommand
{
    private const string Description = """
        Checks each document by itself, as a cluster with Istio would on kubectl apply: the schema of its kind, then Istio's admission check.

        Examples:
          meshctl validate mesh/
          meshctl validate gateway.yaml routes/ -o json
          kubectl get virtualservice -A -o yaml | meshctl validate -
          meshctl validate mesh/ --mesh-config meshconfig.yaml

        Exit code: 0 all valid, 1 at least one is not, 2 the command line is wrong or a path cannot be read.
        """;

    private static readonly Argument<string[]> s_paths = new("PATH") { Description = "Files and folders (*.yaml, *.yml, *.json); - is the standard input.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> s_meshConfig = new("--mesh-config") { Description = "MeshConfig to be checked as well, bare or in its ConfigMap, IstioOperator or Helm values.", HelpName = "FILE" };
    private static readonly Option<string> s_namespace = new("--namespace", "-n") { Description = "Namespace of documents that name none.", HelpName = "NS", DefaultValueFactory = static _ => DocumentValidator.DefaultNamespace };
    private static readonly Option<string> s_output = OutputOption.Create();

    public static Command Create()
    {
        var command = new Command("validate", Description) { s_paths, s_meshConfig, s_namespace, s_output };
        command.SetAction((parsed, _) => CommandRun.GuardAsync(parsed, () => Task.FromResult(Run(parsed))));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var validator = new DocumentValidator(parsed.GetValue(s_namespace)!);
        var results = new List<DocumentValidation>();
        var (paths, meshConfig) = (PathArguments.Of(parsed, s_paths), parsed.GetValue(s_meshConfig));
        if (paths.Length == 0 && meshConfig is null)
        {
            throw new UsageException("name a file or a folder, or a MeshConfig with --mesh-config");
        }

        foreach (var text in ConfigTexts.Read(paths))
        {
            results.AddRange(validator.ValidateText(text.Text, text.SourceName, text.Format));
        }

        foreach (var text in meshConfig is null ? [] : ConfigTexts.Read([meshConfig]))
        {
            results.AddRange(validator.ValidateMeshConfigFile(text.Text, text.SourceName, text.Format));
        }

        var output = parsed.InvocationConfiguration.Output;
        if (OutputOption.IsJson(parsed, s_output))
        {
            output.WriteLine(JsonSerializer.Serialize([.. results.Select(Document)], FindingsJson.Indented.IReadOnlyListValidatedDocument));
        }
        else
        {
            ValidationText.Write(Terminal.On(output), results);
        }

        return results.All(static r => r.IsValid) ? ExitCodes.Ok : ExitCodes.Findings;
    }

    private static ValidatedDocument Document(DocumentValidation result) => new(
        result.File, result.Line, result.Kind, result.Namespace, result.Name, result.IsValid, [.. result.Errors.Select(Remark)], [.. result.Warnings.Select(Remark)]);

    private static DocumentRemark Remark(DocumentFinding finding) => new(finding.Path, finding.Message);
}
