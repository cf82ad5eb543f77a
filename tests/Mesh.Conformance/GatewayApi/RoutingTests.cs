namespace Mesh.Conformance.GatewayApi;

/// <summary>The official suite's requests, each explained instead of sent.</summary>
public sealed class RoutingTests
{
    [TestCase("mesh")]
    [TestCase("httproute")]
    [TestCase("grpcroute")]
    public void Requests_go_where_the_suite_expects(string folder)
    {
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        var total = 0;
        foreach (var test in GatewayTest.In(folder))
        {
            foreach (var request in test.Cases)
            {
                total++;
                if (ExpectedAnswer.Difference(request, test.Explain(request)) is { } difference)
                {
                    failures[request.Id] = difference;
                }
            }
        }

        TestContext.Out.WriteLine($"gateway-api/{folder}: {total - failures.Count} of {total} requests");
        ConformanceReport.Settle($"gateway-api/{folder}", total, failures, new Dictionary<string, string>());
    }
}
