using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads a WorkloadEntry, on its own or inside a ServiceEntry.</summary>
internal static class WorkloadEntryReader
{
    public static WorkloadEntrySpec Read(ObjectReader reader) => new()
    {
        Address = reader.Text("address"),
        Ports = reader.IntMap("ports"),
        Labels = reader.StringMap("labels"),
        Network = reader.Text("network"),
        Locality = reader.Text("locality"),
        Weight = reader.Int32("weight"),
        ServiceAccount = reader.Text("serviceAccount"),
    };
}
