namespace Bookinfo.Running;

/// <summary>Which instances a run has: Bookinfo itself, and the httpbin that two of Istio's pages use. productpage comes last: it is the front.</summary>
internal static class BookinfoPlan
{
    public static PlannedInstance[] Make(int frontPort)
    {
        (string Service, string Version)[] backends =
        [
            ("details", "v1"),
            ("reviews", "v1"), ("reviews", "v2"), ("reviews", "v3"),
            ("ratings", "v1"), ("ratings", "v2"),
            ("httpbin", "v1"), ("httpbin", "v2"),
        ];
        var ports = FreePorts.Take(backends.Length);
        return [.. backends.Select((b, i) => Instance(b.Service, b.Version, ports[i])), Instance("productpage", "v1", frontPort)];
    }

    private static PlannedInstance Instance(string service, string version, int port) => new(service, $"{service}-{version}", version, port);
}
