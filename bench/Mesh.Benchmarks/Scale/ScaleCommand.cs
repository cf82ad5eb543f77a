using System.Diagnostics;
using System.Globalization;
using Mesh.Client.Compile;
using Mesh.Model;
using Mesh.Peers.Common;

namespace Mesh.Benchmarks.Scale;

/// <summary>
/// A big mesh: 10,000 services, 100,000 endpoints, 1,000 routes on one host. Time and memory to compile it, to have every route table
/// of it, to change one service, and to match at the last route. Each figure is the median of several fresh runs.
/// </summary>
internal static class ScaleCommand
{
    private const int Services = 10_000;
    private const int Endpoints = 100_000;
    private const int Routes = 1_000;
    private const int Runs = 7;

    public static void Run()
    {
        var samples = Enumerable.Range(0, Runs).Select(static _ => Measure()).ToArray();
        ReportHead.Create("scale", "Mesh.Benchmarks").Write(Console.Out);
        Console.WriteLine();
        var table = new MarkdownTable(string.Create(CultureInfo.InvariantCulture, $"{Services:N0} services, {Endpoints:N0} endpoints, {Routes:N0} routes on one host"), "median (min-max)");
        table.Add("compile a snapshot, ms", Spread.Of(samples.Select(static s => s.Compile)).ToString("0.0"));
        table.Add("memory of the model it is made from, MB", Spread.Of(samples.Select(static s => s.Model)).ToString("0.0"));
        table.Add("memory of the snapshot, MB", Spread.Of(samples.Select(static s => s.Memory)).ToString("0.0"));
        table.Add("then every route table of it (made on first use), ms", Spread.Of(samples.Select(static s => s.Tables)).ToString("0.0"));
        table.Add("memory with every route table, MB", Spread.Of(samples.Select(static s => s.MemoryWithTables)).ToString("0.0"));
        table.Add("compile again with one service changed, ms", Spread.Of(samples.Select(static s => s.Change)).ToString("0.0"));
        table.Add("find the service and match its last route, ns", Spread.Of(samples.Select(static s => s.Match)).ToString("0"));
        table.Add("one endpoint of a service in use changes (10 endpoints): until requests see it, us", Spread.Of(samples.Select(static s => s.SmallSet)).ToString("0.0"));
        table.Add("the same in a service of 1,000 endpoints, us", Spread.Of(samples.Select(static s => s.LargeSet)).ToString("0.0"));
        table.Write(Console.Out);
    }

    private static Sample Measure()
    {
        var binder = new UnboundClusters();
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var model = SampleModel.Create(Services, Endpoints, Routes);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var mesh = MeshCompiler.Compile(model, null, binder);
        var compile = Stopwatch.GetElapsedTime(start);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        start = Stopwatch.GetTimestamp();
        foreach (var service in mesh.Services)
        {
            service.TableFor(new Uri("http://" + service.Model.Name));
        }

        var tables = Stopwatch.GetElapsedTime(start);
        var memoryWithTables = GC.GetTotalMemory(forceFullCollection: true) - before;

        var last = model.Services.Count - 1;
        var changed = model with { Services = model.Services.Take(last).Append(SampleModel.Service(last, 11, 0)).ToModelList() };
        start = Stopwatch.GetTimestamp();
        var next = MeshCompiler.Compile(changed, mesh, binder);
        var change = Stopwatch.GetElapsedTime(start);
        if (!ReferenceEquals(next.Services[0], mesh.Services[0]) || ReferenceEquals(next.Services[last], mesh.Services[last]))
        {
            throw new InvalidOperationException("A change of one service must take over all others and replace that one.");
        }

        var match = TimeMatch(mesh);
        var (smallSet, largeSet) = (EndpointChange.Measure(Services, 10), EndpointChange.Measure(Services, 1_000));
        GC.KeepAlive(mesh);
        return new Sample(compile.TotalMilliseconds, (before - empty) / 1e6, memory / 1e6, tables.TotalMilliseconds, memoryWithTables / 1e6, change.TotalMilliseconds, match, smallSet, largeSet);
    }

    private static double TimeMatch(CompiledMesh mesh)
    {
        const int Count = 200_000;
        var uri = new Uri("http://catalog" + SampleModel.Prefix(Routes - 1) + "items/42");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        var found = "";
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i++)
        {
            found = mesh.FindService(uri.Host)!.TableFor(uri).Match(request, out _).Name;
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        return found == $"route-{Routes - 1}" ? elapsed.TotalNanoseconds / Count : throw new InvalidOperationException($"Matched '{found}'.");
    }

    private sealed record Sample(double Compile, double Model, double Memory, double Tables, double MemoryWithTables, double Change, double Match, double SmallSet, double LargeSet);
}
