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

    /// <summary>Null for <c>unix:///path</c> or <c>unix://@name</c>, else what is wrong.</summary>
    public static string? CheckUnixPath(string address)
    {
        var path = address.AsSpan(UnixScheme.Length);
        return path is ['@', ..] || (path is ['/', ..] && path[^1] != '/') ? null : $"'{address}' is not an absolute path to a file; write unix:///run/app.sock";
    }

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
                at["address"].Warning("address is unset: the endpoint is only reached through the gateway of its network, and there is none in process");
            }
        }
        else if (IsUnixPath(entry.Address))
        {
            UnixPath(at, entry);
        }
        else if (!IpText.IsAddress(entry.Address))
        {
            at["address"].ErrorIf(DnsName.CheckHost(entry.Address));
        }

        foreach (var (name, port) in entry.Ports)
        {
            at["ports"][name].PortName(name);
            at["ports"][name].Port(port);
        }

        at["labels"].Labels(entry.Labels);
        at["weight"].NotNegative(entry.Weight);
        if (entry.Locality is { } locality && locality.Contains('*'))
        {
            at["locality"].Advice("an endpoint stands in one place; write region/zone/subzone without '*'");
        }

        if (entry.Network is not null)
        {
            at["network"].HasNoEffect("endpoints are reached directly, without the gateway of a network");
        }
    }

    private static void UnixPath(FieldScope at, WorkloadEntrySpec entry)
    {
        at["address"].ErrorIf(CheckUnixPath(entry.Address!));
        if (entry.Ports.Count > 0)
        {
            at["ports"].Error("a Unix socket has no ports; remove them");
        }

        at["address"].NotActedOnYet();
    }
}
