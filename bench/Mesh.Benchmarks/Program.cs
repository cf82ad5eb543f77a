using BenchmarkDotNet.Running;
using Mesh.Benchmarks;
using Mesh.Benchmarks.Scale;

// "scale" is a loop of its own (one big thing measured a few times); everything else goes to BenchmarkDotNet: --filter '*RouteMatching*'.
if (args is ["scale", ..])
{
    ScaleCommand.Run();
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(ReportConfig).Assembly).Run(args, ReportConfig.Create());
return 0;
