using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads a ServiceEntry.</summary>
internal static class ServiceEntryReader
{
    public static ServiceEntrySpec Read(ObjectReader reader) => new()
    {
        Hosts = reader.Strings("hosts"),
        Addresses = reader.Strings("addresses"),
        Ports = reader.List("ports", static r => new ServiceEntryPortSpec
        {
            Number = r.Int32("number") ?? 0,
            Protocol = r.Text("protocol"),
            Name = r.String("name") ?? "",
            TargetPort = r.Int32("targetPort"),
        }),
        Location = reader.Enum<ServiceEntryLocation>("location", [("MESH_EXTERNAL", ServiceEntryLocation.MeshExternal), ("MESH_INTERNAL", ServiceEntryLocation.MeshInternal)]),
        Resolution = reader.Enum<ServiceEntryResolution>(
            "resolution",
            [
                ("NONE", ServiceEntryResolution.None), ("STATIC", ServiceEntryResolution.Static), ("DNS", ServiceEntryResolution.Dns),
                ("DNS_ROUND_ROBIN", ServiceEntryResolution.DnsRoundRobin), ("DYNAMIC_DNS", ServiceEntryResolution.DynamicDns),
            ]),
        Endpoints = reader.List("endpoints", WorkloadEntryReader.Read),
        WorkloadSelector = reader.Object("workloadSelector", CommonReaders.WorkloadSelector),
        ExportTo = reader.Strings("exportTo"),
        SubjectAltNames = reader.Strings("subjectAltNames"),
    };
}
