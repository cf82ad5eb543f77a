using System.CommandLine;
using System.Text.Json;
using Mesh.Cli.Explaining;
using Mesh.Cli.Input;
using Mesh.Cli.Output;
using Mesh.Configuration.Explain;
using Mesh.Configuration.Istio;

namespace Mesh.Cli.Commands;

/// <summary><c>meshctl explain</c>: what becomes of a request, and why.</summary>
internal static class ExplainCommand
{
    private const string Description = """
        Says what becomes of a request under some configuration, and why: the rule that decides, every rule before it with the first condition that
        failed, and the request as each backend sees it.

        Examples:
          meshctl explain mesh/ --request 'GET http://reviews:9080/reviews/0' -H 'end-user: jason'
          meshctl explain mesh/ --request http://catalog/ --namespace shop --labels app=storefront,version=v2
          meshctl explain gateway.yaml routes/ --gateway infra/edge --request https://shop.example.com/cart -o json
          meshctl explain --batch requests.jsonl

        Documents with errors are left out, which is said on the error output. Services with a DestinationRule are taken to exist; when the documents
        declare no Kubernetes Service at all, so are all that they name.
        """;

    private static readonly Argument<string[]> s_paths = new("PATH") { Description = "Files and folders of the configuration; - is the standard input.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> s_request = new("--request", "-r") { Description = "Method and address: 'GET http://reviews:9080/reviews/0?x=1'. GET may be left out.", HelpName = "REQUEST" };
    private static readonly Option<string[]> s_headers = new("--header", "-H") { Description = "A header: 'end-user: jason'. 'Host: …' sets the Host header. May be repeated.", HelpName = "HEADER", DefaultValueFactory = static _ => [] };
    private static readonly Option<bool> s_grpc = new("--grpc") { Description = "The request is a gRPC call: POST, content type application/grpc." };
    private static readonly Option<string> s_namespace = new("--namespace", "-n") { Description = "Namespace of the calling workload, and of documents that name none.", HelpName = "NS", DefaultValueFactory = static _ => "default" };
    private static readonly Option<string?> s_labels = new("--labels", "-l") { Description = "Labels of the calling workload: app=x,version=v1.", HelpName = "LABELS" };
    private static readonly Option<string?> s_gateway = new("--gateway") { Description = "The request comes in by this gateway.", HelpName = "NS/NAME" };
    private static readonly Option<string?> s_listener = new("--listener") { Description = "Listener of the gateway; otherwise port, protocol and host choose it.", HelpName = "NAME" };
    private static readonly Option<string?> s_clientIp = new("--client-ip") { Description = "Address of the caller, by which requests may stick to an endpoint (consistentHash.useSourceIp).", HelpName = "IP" };
    private static readonly Option<string?> s_meshConfig = new("--mesh-config") { Description = "MeshConfig, bare or in its ConfigMap, for mesh-wide defaults; otherwise Istio's.", HelpName = "FILE" };
    private static readonly Option<string[]> s_services = new("--service") { Description = "A service that is there although no document declares it. May be repeated.", HelpName = "NAME", DefaultValueFactory = static _ => [] };
    private static readonly Option<bool> s_declaredOnly = new("--declared-services-only") { Description = "Takes services for missing that no document declares." };
    private static readonly Option<bool> s_registryOnly = new("--registry-only") { Description = "Refuses hosts the mesh does not know (outboundTrafficPolicy REGISTRY_ONLY)." };
    private static readonly Option<string?> s_batch = new("--batch") { Description = "Answers JSON lines from a file or - instead of one request.", HelpName = "FILE" };
    private static readonly Option<string> s_output = OutputOption.Create();

    public static Command Create()
    {
        var command = new Command("explain", Description)
        {
            s_paths, s_request, s_headers, s_grpc, s_namespace, s_labels, s_gateway, s_listener, s_clientIp, s_meshConfig, s_services, s_declaredOnly, s_registryOnly, s_batch, s_output,
        };
        command.SetAction((parsed, cancellation) => CommandRun.GuardAsync(parsed, () => parsed.GetValue(s_batch) is { } batch
            ? RunBatchAsync(parsed, batch, cancellation)
            : Task.FromResult(RunOne(parsed))));
        return command;
    }

    private static int RunOne(ParseResult parsed)
    {
        var paths = PathArguments.Of(parsed, s_paths);
        var text = parsed.GetValue(s_request) ?? throw new UsageException("say which request: --request 'GET http://reviews:9080/reviews/0', or --batch FILE for many");
        if (paths.Length == 0)
        {
            throw new UsageException("say which configuration: files or folders before the options");
        }

        var request = Request(parsed, text);
        var mesh = LoadedMesh.Load(paths, View(parsed));
        var configuration = parsed.InvocationConfiguration;
        var problems = new ProblemText(configuration.Error);
        foreach (var problem in mesh.LeftOut)
        {
            problems.LeftOut(problem);
        }

        problems.Finish();
        var explanation = mesh.Explainer.Explain(request);
        if (OutputOption.IsJson(parsed, s_output))
        {
            configuration.Output.WriteLine(JsonSerializer.Serialize(explanation, Json.Indented.Explanation));
        }
        else
        {
            ExplanationText.Write(Terminal.On(configuration.Output), request, explanation, mesh.NotForCaller(explanation));
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> RunBatchAsync(ParseResult parsed, string batch, CancellationToken cancellation)
    {
        if (batch != "-" && !File.Exists(batch))
        {
            throw new UsageException($"{batch} does not exist");
        }

        var configuration = parsed.InvocationConfiguration;
        var folder = batch == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(batch))!;
        var problems = new ProblemText(configuration.Error);
        var explainer = new BatchExplainer(folder, (PathArguments.Of(parsed, s_paths), View(parsed)), problems.LeftOut);
        using var lines = batch == "-" ? Console.In : File.OpenText(batch);
        await explainer.RunAsync(lines, configuration.Output, atOnce: batch == "-", cancellation).ConfigureAwait(false);
        problems.Finish();
        return ExitCodes.Ok;
    }

    private static MeshView View(ParseResult parsed) => new()
    {
        Namespace = parsed.GetValue(s_namespace)!,
        Labels = RequestText.Labels(parsed.GetValue(s_labels)),
        Services = parsed.GetValue(s_services)!,
        DeclaredServicesOnly = parsed.GetValue(s_declaredOnly),
        RegistryOnly = parsed.GetValue(s_registryOnly),
        MeshConfig = parsed.GetValue(s_meshConfig) is { } file ? File.Exists(file) ? MeshConfigFile.Load(file) : throw new UsageException($"{file} does not exist") : null,
    };

    private static ExplainRequest Request(ParseResult parsed, string text)
    {
        var headers = parsed.GetValue(s_headers)!.Select(RequestText.Header).ToList();
        var isGrpc = parsed.GetValue(s_grpc);
        var (method, url) = RequestText.Request(isGrpc && !text.Contains(' ', StringComparison.Ordinal) ? "POST " + text : text, "gateway");
        return new ExplainRequest
        {
            Method = method,
            Url = url,
            Headers = headers,
            IsGrpc = isGrpc,
            Gateway = parsed.GetValue(s_gateway) is { } gateway ? RequestText.Gateway(gateway, parsed.GetValue(s_namespace)!) : null,
            Listener = parsed.GetValue(s_listener),
            ClientIp = parsed.GetValue(s_clientIp) is { } address ? RequestText.Address(address) : null,
        };
    }
}
