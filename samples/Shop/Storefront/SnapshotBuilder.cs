using Shop.Services;
using Shop.Traffic;

namespace Shop.Storefront;

/// <summary>Adds up the reports of all callers.</summary>
internal static class SnapshotBuilder
{
    private static readonly string[] s_services = ["product-recommendation", "product-info", "orders"];

    public static ShopSnapshot Build(IReadOnlyList<CallerReport> reports, InstanceStatus[] instances, OrderTotals orders) => new()
    {
        ConfigVersion = reports.Max(r => r.ConfigVersion),
        Services = [.. s_services.Select(service => Service(service, reports, instances))],
        Split = Split(reports),
        Problems = [.. reports.SelectMany(r => r.Problems).Distinct()],
        Instances = instances,
        Orders = orders,
    };

    private static ServiceTraffic Service(string service, IReadOnlyList<CallerReport> reports, InstanceStatus[] instances)
    {
        var callers = reports.Where(r => r.Requests.Any(q => q.Service == service)).Select(r => r.Caller.Split("-v")[0]).Distinct();
        var calls = Sum(reports.SelectMany(r => r.Requests).Where(q => q.Service == service).Select(q => q.Counts));
        var tries = instances.Where(i => i.Service == service)
            .Select(i => (Instance: i, Tries: Sum(reports.SelectMany(r => r.Attempts).Where(a => a.Endpoint == i.Address).Select(a => a.Counts)))).ToArray();
        var all = Math.Max(1, tries.Sum(t => t.Tries.Calls));
        return new ServiceTraffic(service, string.Join(", ", callers), calls, [.. tries.Select(t =>
        {
            var views = reports.SelectMany(r => r.Endpoints).Where(e => e.Endpoint == t.Instance.Address).ToArray();
            return new InstanceTraffic(t.Instance, t.Tries, t.Tries.Calls / (double)all, views.Any(v => v.Ejected), views.Sum(v => v.Ejections));
        })]);
    }

    private static VersionShare[] Split(IReadOnlyList<CallerReport> reports)
    {
        var subsets = reports.SelectMany(r => r.Requests).Where(q => q.Service == "product-recommendation" && q.Subset.Length > 0)
            .GroupBy(q => q.Subset).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Version: g.Key, Calls: g.Sum(q => q.Counts.Calls))).ToArray();
        var all = Math.Max(1, subsets.Sum(s => s.Calls));
        return [.. subsets.Select(s => new VersionShare(s.Version, s.Calls / (double)all, s.Calls))];
    }

    private static CallCounts Sum(IEnumerable<CallCounts> counts) => counts.Aggregate(CallCounts.None, static (a, b) => a + b);
}
