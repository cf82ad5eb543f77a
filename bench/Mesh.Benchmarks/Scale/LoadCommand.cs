using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Lowering;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Model;
using Mesh.Peers.Common;

namespace Mesh.Benchmarks.Scale;

/// <summary>
/// What a first load costs: 10,000 files of one service each, and 10,000 services with 10 rules each. Measured once, because a start is cold: nothing
/// has been compiled before, as in the process that starts. Run it several times.
/// </summary>
internal static class LoadCommand
{
    private const int Services = 10_000;
    private const int Rules = 10;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("mesh-load-").FullName;
        try
        {
            for (var i = 0; i < Services; i++)
            {
                File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"s{i}.yaml")), Service(i));
            }

            var reader = new DocumentReader(FrontEnd.Kinds, Workload.Default.Namespace);
            var table = new MarkdownTable(string.Create(CultureInfo.InvariantCulture, $"cold, {Services:N0} services"), "ms", "of it GC pauses, ms", "MB allocated");
            var batch = Timed(table, "read the files", () => new FolderScan(folder).Read().Batch);
            var state = new SourceState("folder", reader);
            Timed(table, "make documents of them", () =>
            {
                state.Apply(batch, null);
                return state;
            });
            Timed(table, "lower them to a model", () => Lower([.. state.Documents.Values]));

            var routed = new SourceState("memory", reader);
            Timed(table, string.Create(CultureInfo.InvariantCulture, $"make documents of {Rules} rules for each"), () =>
            {
                routed.Apply(ConfigBatch.FromYaml("rules", Routes()), null);
                return routed;
            });
            Timed(table, "lower services and rules", () => Lower([.. state.Documents.Values, .. routed.Documents.Values]));
            ReportHead.Create("load", "Mesh.Benchmarks").Write(Console.Out);
            Console.WriteLine();
            table.Write(Console.Out);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static MeshModel Lower(List<ConfigDocument> documents)
    {
        var model = MeshLowering.Lower(documents, new LoweringOptions(), new ProblemSink());
        return model.Services.Count == Services ? model : throw new InvalidOperationException($"{model.Services.Count} services.");
    }

    private static T Timed<T>(MarkdownTable table, string name, Func<T> work)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var pauses = GC.GetTotalPauseDuration();
        var start = Stopwatch.GetTimestamp();
        var result = work();
        var elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        pauses = GC.GetTotalPauseDuration() - pauses;
        table.Add(name, Milliseconds(elapsed), Milliseconds(pauses), (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture));
        return result;
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);

    private static string Service(int number) => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: s{{number}}
          labels: {app: s{{number}}}
        spec:
          selector:
            app: s{{number}}
          ports:
          - name: http
            port: 80
            targetPort: 8080
        """);

    private static string Routes()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Services; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: { name: s{{i}} }
                spec:
                  hosts: [s{{i}}]
                  http:

                """);
            for (var rule = 0; rule < Rules; rule++)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {{ match: [{{ uri: {{ prefix: /r{rule} }} }}], route: [{{ destination: {{ host: s{i} }} }}] }}\n");
            }

            text.Append("---\n");
        }

        return text.ToString();
    }
}
