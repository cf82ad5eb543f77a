namespace Shop.Traffic;

/// <summary>Joins what was measured with what the mesh knows of its endpoints.</summary>
internal sealed class CallerReports(ShopOptions options, CallRecorder recorder, ShimMesh mesh)
{
    public CallerReport Make() => new(
        options.Instance,
        1,
        [.. recorder.Requests.Select(r => new RequestCount(ShortName(r.Key.Service), r.Key.Subset, r.Value.Read()))],
        [.. recorder.Attempts.Select(a => new AttemptCount(ShortName(a.Key.Service), a.Key.Endpoint, a.Value.Read()))],
        [.. mesh.DeadUntil.Select(d => new EndpointView("product-info", d.Key, d.Value > Environment.TickCount64, 1))],
        []);

    // product-info.default.svc.cluster.local → product-info
    private static string ShortName(string service) => service.Split('.')[0];
}
