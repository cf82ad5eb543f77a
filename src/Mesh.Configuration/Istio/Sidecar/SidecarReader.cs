using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads a Sidecar.</summary>
internal static class SidecarReader
{
    public static SidecarSpec Read(ObjectReader reader) => new()
    {
        WorkloadSelector = reader.Object("workloadSelector", CommonReaders.WorkloadSelector),
        Ingress = reader.List("ingress", static r => new IstioIngressListenerSpec
        {
            Port = r.Object("port", ReadPort),
            Bind = r.Text("bind"),
            CaptureMode = ReadCaptureMode(r),
            DefaultEndpoint = r.Text("defaultEndpoint"),
            Tls = r.Object("tls", GatewayReader.ReadTls),
            ConnectionPool = r.Object("connectionPool", ConnectionPoolReader.Read),
        }),
        Egress = reader.List("egress", static r => new IstioEgressListenerSpec
        {
            Port = r.Object("port", ReadPort),
            Bind = r.Text("bind"),
            CaptureMode = ReadCaptureMode(r),
            Hosts = r.Strings("hosts"),
        }),
        InboundConnectionPool = reader.Object("inboundConnectionPool", ConnectionPoolReader.Read),
        OutboundTrafficPolicy = reader.Object("outboundTrafficPolicy", static r => new OutboundTrafficPolicySpec
        {
            Mode = r.Enum<OutboundTrafficPolicyMode>("mode", [("REGISTRY_ONLY", OutboundTrafficPolicyMode.RegistryOnly), ("ALLOW_ANY", OutboundTrafficPolicyMode.AllowAny)]),
            EgressProxy = r.Object("egressProxy", CommonReaders.Destination),
        }),
    };

    private static SidecarPortSpec ReadPort(ObjectReader reader) => new()
    {
        Number = reader.Int32("number") ?? 0,
        Protocol = reader.Text("protocol"),
        Name = reader.Text("name"),
        TargetPort = reader.Int32("targetPort"),
    };

    private static CaptureMode? ReadCaptureMode(ObjectReader reader) => reader.Enum<CaptureMode>(
        "captureMode", [("DEFAULT", CaptureMode.Default), ("IPTABLES", CaptureMode.IpTables), ("NONE", CaptureMode.None)]);
}
