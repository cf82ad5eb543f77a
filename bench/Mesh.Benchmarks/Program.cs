using BenchmarkDotNet.Running;
using Mesh.Benchmarks;
using Mesh.Benchmarks.Scale;

// "scale" and "load" are loops of their own (one big thing measured a few times, or once from cold); everything else goes to BenchmarkDotNet: --filter '*RouteMatching*'.
if (args is ["scale", ..])
{
    ScaleCommand.Run();
    return 0;
}

if (args is ["load", ..])
{
    LoadCommand.Run();
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(ReportConfig).Assembly).Run(args, ReportConfig.Create());
return 0;
