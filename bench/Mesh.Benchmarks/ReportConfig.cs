using System.Runtime.CompilerServices;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Mesh.Benchmarks;

/// <summary>
/// How every benchmark runs: in this process (BenchmarkDotNet's generated projects would inherit the repository's build rules), with
/// allocations, reported as Markdown into the committed results folder.
/// </summary>
internal static class ReportConfig
{
    public static IConfig Create() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(150)).WithWarmupCount(5).WithIterationCount(15))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithArtifactsPath(ResultsFolder());

    /// <summary>BenchmarkDotNet writes into "results" below this folder. (A build for release maps source paths away; then it is the current folder.)</summary>
    private static string ResultsFolder([CallerFilePath] string here = "") =>
        Path.GetDirectoryName(here) is { } folder && Directory.Exists(folder) ? folder : Environment.CurrentDirectory;
}
