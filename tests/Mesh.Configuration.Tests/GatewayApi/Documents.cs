using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>Documents read and checked one by one.</summary>
internal sealed record Documents(IReadOnlyList<ConfigDocument> All, IReadOnlyList<ConfigProblem> Problems)
{
    public IEnumerable<string> Errors => Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).Select(static p => p.ToString());

    public static Documents Read(string yaml)
    {
        var reader = new DocumentReader(FrontEnd.Kinds, "default");
        var results = YamlDocuments.Split(yaml).SelectMany(static part => YamlNodes.Read("mesh.yaml", part)).SelectMany(d => reader.Read(d, "mesh.yaml")).ToList();
        return new([.. results.Select(static r => r.Document).OfType<ConfigDocument>()], [.. results.SelectMany(static r => r.Problems)]);
    }

    /// <summary>The spec of the only document, which must be without error.</summary>
    public static T Spec<T>(string kind, string spec, string version = "v1")
    {
        var read = Read(Text(kind, "it", spec, version: version));
        Assert.That(read.Errors, Is.Empty);
        return (T)read.All.Single().Spec;
    }

    public static string Text(string kind, string name, string spec, string @namespace = "default", string version = "v1") => $"""
        apiVersion: gateway.networking.k8s.io/{version}
        kind: {kind}
        metadata: {"{"}name: {name}, namespace: {@namespace}{"}"}
        spec:
        {string.Join('\n', spec.Split('\n').Select(static line => "  " + line))}
        ---

        """;
}
