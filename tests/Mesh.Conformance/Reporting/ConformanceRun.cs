namespace Mesh.Conformance;

/// <summary>The end of a run: the one place that knows that every corpus has reported.</summary>
[SetUpFixture]
public sealed class ConformanceRun
{
    [OneTimeTearDown]
    public void Report() => ConformanceReport.Finish();
}
