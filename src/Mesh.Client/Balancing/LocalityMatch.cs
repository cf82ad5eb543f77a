using Mesh.Model;

namespace Mesh.Client.Balancing;

/// <summary>Compares places. Source: Istio util.LocalityMatch, util.LbPriority.</summary>
internal static class LocalityMatch
{
    /// <summary>True when a place fits a pattern, <c>region/zone/subzone</c>; <c>*</c> or nothing in the place of a part stands for any.</summary>
    public static bool Fits(Locality place, string pattern)
    {
        var wanted = Locality.Parse(pattern);
        return Fits(place.Region, wanted.Region) && Fits(place.Zone, wanted.Zone) && Fits(place.SubZone, wanted.SubZone);
    }

    /// <summary>How far a place is: 0 the same sub-zone, 1 the same zone, 2 the same region, 3 elsewhere.</summary>
    public static int Distance(Locality from, Locality to) =>
        !Same(from.Region, to.Region) ? 3 : !Same(from.Zone, to.Zone) ? 2 : !Same(from.SubZone, to.SubZone) ? 1 : 0;

    private static bool Fits(string? part, string? wanted) => wanted is null or "" or "*" || Same(part, wanted);

    private static bool Same(string? left, string? right) => string.Equals(left ?? "", right ?? "", StringComparison.Ordinal);
}
