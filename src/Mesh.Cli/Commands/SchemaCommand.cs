using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mesh.Cli.Input;
using Mesh.Cli.Schemas;

namespace Mesh.Cli.Commands;

/// <summary><c>meshctl schema</c>: JSON Schemas for editors.</summary>
internal static class SchemaCommand
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string s_description = $"""
        Prints a JSON Schema of a kind, or one for documents of every kind, so that an editor completes, documents and checks fields while one writes.

        Examples:
          meshctl schema > mesh.schema.json
          meshctl schema VirtualService
          meshctl schema Gateway.networking.istio.io

        VS Code, with the YAML extension, in .vscode/settings.json:
          "yaml.schemas": JSON object with "./mesh.schema.json": "mesh/**/*.yaml"

        Kinds: {string.Join(", ", KindSchemas.All.Select(static k => k.Kind).Distinct())}
        """;

    private static readonly Argument<string?> s_kind = new("KIND") { Description = "A kind, or kind.group where two groups have it; none: all kinds.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("schema", s_description) { s_kind };
        command.SetAction((parsed, _) => CommandRun.GuardAsync(parsed, () => Task.FromResult(Run(parsed))));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var schema = parsed.GetValue(s_kind) is { } name ? Schema(name) : KindSchemas.OfAll();
        parsed.InvocationConfiguration.Output.WriteLine(schema.ToJsonString(s_options));
        return ExitCodes.Ok;
    }

    /// <exception cref="UsageException">There is no such kind, or more than one.</exception>
    private static JsonObject Schema(string name) => KindSchemas.Find(name) switch
    {
        [var kind] => KindSchemas.Of(kind),
        [] => throw new UsageException($"there is no kind '{name}'; there are {string.Join(", ", KindSchemas.All.Select(static k => k.Kind).Distinct())}"),
        var several => throw new UsageException($"'{name}' is a kind of several groups; write {string.Join(" or ", several.Select(static k => k.FullName))}"),
    };
}
