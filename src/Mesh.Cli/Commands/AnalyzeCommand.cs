using System.CommandLine;
using System.Text.Json;
using Mesh.Cli.Findings;
using Mesh.Cli.Input;
using Mesh.Cli.Output;
using Mesh.Configuration.Analysis;

namespace Mesh.Cli.Commands;

/// <summary><c>meshctl analyze</c>: do the documents fit together.</summary>
internal static class AnalyzeCommand
{
    private const string Description = """
        Looks across documents for what is wrong between them: destinations and subsets that do not exist, rules that are never used, hosts
        claimed twice, time limits that cannot fit their tries. Codes IST… mean what they mean to istioctl analyze, MESH… are ours;
        docs/analysis.md lists them.

        Examples:
          meshctl analyze mesh/
          meshctl analyze k8s/ mesh/ appsettings.json --mesh-config meshconfig.yaml
          meshctl analyze mesh/ --only IST0101,MESH1002 -o json

        Give it the Services and Deployments too: what is not among the documents cannot be told from what does not exist, so questions that
        need them are only asked when there are some. --only with a code of one analyzer, or its name, asks in any case.

        To silence a message for one object: the annotation galley.istio.io/analyze-suppress: IST0101,MESH1002.

        Exit code: 0 no message of level Error, 1 at least one, 2 the command line is wrong or a path cannot be read.
        """;

    private static readonly Argument<string[]> s_paths = new("PATH") { Description = "Files and folders (*.yaml, *.yml, *.json); - is the standard input.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> s_meshConfig = new("--mesh-config") { Description = "MeshConfig, bare or in its ConfigMap; otherwise the ConfigMap istio among the documents, or Istio's defaults.", HelpName = "FILE" };
    private static readonly Option<string[]> s_only = new("--only") { Description = "Only these codes, or analyzers by name: IST0101,MESH1002.", HelpName = "CODE,…", DefaultValueFactory = static _ => [] };
    private static readonly Option<string> s_namespace = new("--namespace", "-n") { Description = "Namespace of documents that name none.", HelpName = "NS", DefaultValueFactory = static _ => "default" };
    private static readonly Option<string> s_output = OutputOption.Create();

    public static Command Create()
    {
        var command = new Command("analyze", Description) { s_paths, s_meshConfig, s_only, s_namespace, s_output };
        command.SetAction((parsed, _) => CommandRun.GuardAsync(parsed, () => Task.FromResult(Run(parsed))));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var options = new AnalysisOptions
        {
            MeshConfig = parsed.GetValue(s_meshConfig) is { } file ? MeshConfigView.Parse(ConfigTexts.ReadFile(file)) : null,
            DefaultNamespace = parsed.GetValue(s_namespace)!,
            Only = Codes(parsed.GetValue(s_only)!),
        };
        var result = ConfigurationAnalysis.Analyze(ConfigTexts.Read(PathArguments.Of(parsed, s_paths)), options);
        var output = parsed.InvocationConfiguration.Output;
        if (OutputOption.IsJson(parsed, s_output))
        {
            output.WriteLine(JsonSerializer.Serialize([.. result.Messages.Select(AnalysisFinding.Of)], FindingsJson.Indented.IReadOnlyListAnalysisFinding));
        }
        else
        {
            AnalysisText.Write(Terminal.On(output), result);
        }

        return result.Messages.Any(static m => m.Type.Level == AnalysisLevel.Error) ? ExitCodes.Findings : ExitCodes.Ok;
    }

    /// <exception cref="UsageException">There is no such code and no such analyzer.</exception>
    private static HashSet<string> Codes(string[] values)
    {
        var codes = values.SelectMany(static v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = codes.FirstOrDefault(static c =>
            !AnalyzerCatalog.Messages.Any(m => m.Code.Equals(c, StringComparison.OrdinalIgnoreCase)) && !AnalyzerCatalog.All.Any(a => a.Name.Equals(c, StringComparison.OrdinalIgnoreCase)));
        return unknown is null ? codes : throw new UsageException($"there is no code '{unknown}'; docs/analysis.md lists them");
    }
}
