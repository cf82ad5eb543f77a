using Mesh.Client;

namespace Shop.Traffic;

/// <summary>Joins what was measured with what the mesh knows of its endpoints and its configuration.</summary>
internal sealed class CallerReports(ShopOptions options, CallRecorder recorder, IServiceMesh mesh)
{
    public CallerReport Make() => new(
        options.Instance,
        mesh.ConfigVersion,
        [.. recorder.Requests.Select(r => new RequestCount(ShortName(r.Key.Service), r.Key.Subset, r.Value.Read()))],
        [.. recorder.Attempts.Select(a => new AttemptCount(ShortName(a.Key.Service), a.Key.Endpoint, a.Value.Read()))],
        [.. mesh.GetServices().SelectMany(s => s.Endpoints.Select(e => new EndpointView(ShortName(s.Name), e.Address, e.IsEjected, e.EjectionCount)))],
        [.. mesh.Problems.Select(p => (p with { Source = p.Source is null ? null : UserPath.Display(p.Source) }).ToString())]);

    // product-info.default.svc.cluster.local → product-info
    private static string ShortName(string service) => service.Split('.')[0];
}
