using Shop.Services;
using Shop.Traffic;

namespace Shop.Storefront;

/// <summary>The whole shop at one moment: what the live part of the page shows, and what GET /mesh/shop.json answers.</summary>
public sealed record ShopSnapshot
{
    public long ConfigVersion { get; init; }

    public int Load { get; init; }

    public IReadOnlyList<ServiceTraffic> Services { get; init; } = [];

    public IReadOnlyList<VersionShare> Split { get; init; } = [];

    public IReadOnlyList<string> Problems { get; init; } = [];

    public IReadOnlyList<ShopEvent> Events { get; init; } = [];

    public IReadOnlyList<InstanceStatus> Instances { get; init; } = [];

    public OrderTotals Orders { get; init; } = new(0, 0);
}

/// <summary>Calls to one service: as its callers saw them, and per instance.</summary>
public sealed record ServiceTraffic(string Name, string Callers, CallCounts Calls, IReadOnlyList<InstanceTraffic> Instances);

/// <summary>Tries that reached for one instance, and how it stands with the mesh.</summary>
public sealed record InstanceTraffic(InstanceStatus Instance, CallCounts Tries, double Share, bool Ejected, long Ejections);

/// <summary>Part of the calls that went to a version in the last ten seconds.</summary>
public sealed record VersionShare(string Version, double Share, int Calls);

/// <summary>How an event is to be taken.</summary>
public enum Tone
{
    Neutral,
    Good,
    Bad,
}

/// <summary>Something that happened in the shop.</summary>
public sealed record ShopEvent(DateTimeOffset At, Tone Tone, string Text);
