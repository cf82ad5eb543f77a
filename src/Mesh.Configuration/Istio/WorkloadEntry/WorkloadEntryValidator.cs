using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Checks a WorkloadEntry, on its own or inside a ServiceEntry.</summary>
internal static class WorkloadEntryValidator
{
    private const string UnixScheme = "unix://";

    public static void Validate(ConfigDocument document, ProblemSink problems) =>
        Endpoint(FieldScope.Spec(document, problems), (WorkloadEntrySpec)document.Spec);

    public static bool IsUnixPath(string address) => address.StartsWith(UnixScheme, StringComparison.Ordinal);

    public static void Endpoint(FieldScope at, WorkloadEntrySpec entry)
    {
        if (entry.Address is null)
        {
            if (entry.Network is null)
            {
                at["address"].Error("an endpoint needs an address");
            }
            else
            {
                at["address"].Warning("an endpoint without address is only reached through the gateway of its network, and there is none in process");
            }
        }
        else if (IsUnixPath(entry.Address))
        {
            UnixPath(at, entry);
        }
        else if (!DnsName.IsAddress(entry.Address))
        {
            at["address"].ErrorIf(DnsName.CheckHost(entry.Address));
        }

        foreach (var (name, port) in entry.Ports)
        {
            if (name.Length > 0)
            {
                at["ports"][name].Label(name);
            }

            at["ports"][name].Port(port);
        }

        at["labels"].Labels(entry.Labels);
        at["weight"].NotNegative(entry.Weight);
        if (entry.Locality is { } locality && locality.Contains('*'))
        {
            at["locality"].Error("an endpoint stands in one place; write region/zone/subzone without '*'");
        }

        if (entry.Network is not null)
        {
            at["network"].HasNoEffect("endpoints are reached directly, without the gateway of a network");
        }
    }

    private static void UnixPath(FieldScope at, WorkloadEntrySpec entry)
    {
        var path = entry.Address!.AsSpan(UnixScheme.Length);
        if (path.IsEmpty || path[0] is not ('/' or '@'))
        {
            at["address"].Error("the path of a Unix socket is absolute: unix:///run/app.sock");
        }

        if (entry.Ports.Count > 0)
        {
            at["ports"].Error("a Unix socket has no ports; remove them");
        }

        at["address"].NotActedOnYet();
    }
}
