using Mesh.Cli.Input;
using Mesh.Configuration.Explain;
using Mesh.Configuration.Reading;
using Mesh.Diagnostics;

namespace Mesh.Cli.Testing;

/// <summary>Reads test files as strictly as configuration: an unknown field is a mistake, and every mistake has its place.</summary>
internal static class RoutingSpecReader
{
    private static readonly (string, ExplainedOutcome)[] s_outcomes =
    [
        ("route", ExplainedOutcome.Route),
        ("redirect", ExplainedOutcome.Redirect),
        ("directResponse", ExplainedOutcome.DirectResponse),
        ("passthrough", ExplainedOutcome.Passthrough),
        ("blackhole", ExplainedOutcome.Blackhole),
        ("notFound", ExplainedOutcome.NotFound),
        ("error", ExplainedOutcome.Error),
    ];

    /// <summary>The file, and what is wrong with it; null when it cannot be run.</summary>
    public static (RoutingSpec? Spec, IReadOnlyList<ConfigProblem> Problems) Read(string path, string text)
    {
        var problems = new ProblemSink { Source = path };
        var parts = YamlDocuments.Split(text);
        if (parts.Count != 1)
        {
            problems.Error("", new SourcePosition(path), parts.Count == 0 ? "the file is empty" : "a file of tests is one document");
            return (null, problems.Problems);
        }

        var document = YamlNodes.Read(path, parts[0])[0];
        foreach (var error in document.Errors)
        {
            problems.Error("", error.At, error.Message);
        }

        if (document.Root is not { Kind: ConfigNodeKind.Mapping } root)
        {
            problems.Error("", new SourcePosition(path, 1, 1), "a file of tests is a mapping with 'config' and 'tests'");
            return (null, problems.Problems);
        }

        var reader = new ObjectReader("", root, problems);
        var spec = Spec(reader);
        reader.Finish();
        return (problems.HasErrors ? null : spec, problems.Problems);
    }

    private static RoutingSpec Spec(ObjectReader reader)
    {
        var spec = new RoutingSpec
        {
            Config = reader.Strings("config"),
            Services = reader.Strings("services"),
            From = reader.Object("from", Caller) ?? new CallerSpec(),
            RegistryOnly = reader.Bool("registryOnly") ?? false,
            Tests = reader.List("tests", Test),
        };
        if (spec.Config.Count == 0 && spec.Tests.Any(static t => t.Config.Count == 0))
        {
            reader.Error("config", "say which files or folders are tested");
        }

        if (spec.Tests.Count == 0)
        {
            reader.Error("tests", "there are no tests");
        }

        return spec;
    }

    private static CallerSpec Caller(ObjectReader reader) => new()
    {
        Namespace = reader.String("namespace"),
        Labels = reader.Has("labels") ? reader.StringMap("labels") : null,
    };

    private static RoutingTest Test(ObjectReader reader) => new()
    {
        Name = reader.RequiredString("name"),
        Position = reader.Position,
        Config = reader.Strings("config"),
        From = reader.Object("from", Caller) ?? new CallerSpec(),
        Request = Request(reader),
        Expect = reader.Object("expect", Expectation) ?? new RoutingExpectation(),
    };

    private static ExplainRequest Request(ObjectReader reader)
    {
        var text = reader.RequiredString("request");
        var isGrpc = reader.Bool("grpc") ?? false;
        var request = new ExplainRequest
        {
            Url = new Uri("http://unknown/"),
            Headers = [.. reader.StringMap("headers")],
            Host = reader.String("host"),
            IsGrpc = isGrpc,
            Gateway = reader.String("gateway") is { } gateway ? RequestText.Gateway(gateway, "default") : null,
            Listener = reader.String("listener"),
        };
        if (text.Length == 0)
        {
            return request;
        }

        try
        {
            var (method, url) = RequestText.Request(isGrpc && !text.Contains(' ', StringComparison.Ordinal) ? "POST " + text : text, request.Host ?? "gateway");
            return request with { Method = method, Url = url };
        }
        catch (UsageException error)
        {
            reader.Error("request", error.Message);
            return request;
        }
    }

    private static RoutingExpectation Expectation(ObjectReader reader) => new()
    {
        Outcome = reader.Enum<ExplainedOutcome>("outcome", s_outcomes),
        Status = reader.Int32("status", 100, 599),
        Rule = reader.StringOrNumber("rule"),
        Config = reader.String("config"),
        Destinations = reader.Has("destinations") ? reader.List("destinations", Destination) : null,
        Redirect = reader.String("redirect"),
        Body = reader.String("body"),
        Path = reader.String("path"),
        Authority = reader.String("authority"),
        Headers = reader.StringMap("headers"),
        AbsentHeaders = reader.Strings("absentHeaders"),
        ResponseHeaders = reader.StringMap("responseHeaders"),
        Timeout = reader.Duration("timeout"),
        Retries = reader.Int32("retries", 0),
        Mirrors = reader.Has("mirrors") ? reader.List("mirrors", Destination) : null,
        Fault = reader.Object("fault", Fault),
    };

    private static ExpectedDestination Destination(ObjectReader reader) =>
        new(reader.RequiredString("host"), reader.String("subset"), reader.Int32("port", 1, 65535), reader.Number("share", 0, 100));

    private static ExpectedFault Fault(ObjectReader reader) =>
        new(reader.Duration("delay"), reader.Number("delayPercent", 0, 100), reader.Int32("abort", 200, 599), reader.Number("abortPercent", 0, 100));
}
