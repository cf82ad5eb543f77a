using System.Text.RegularExpressions;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a WorkloadEntry, on its own, inside a ServiceEntry and as the template of a WorkloadGroup. Source: Istio's CustomResourceDefinition.</summary>
internal static partial class WorkloadEntrySchema
{
    private const string Unix = "unix://";

    private static readonly TextSchema s_address = TextOf(0, 256)
        .Rule("UDS must be an absolute path or abstract socket", static a => !a.StartsWith(Unix, StringComparison.Ordinal) || a.AsSpan(Unix.Length) is ['/' or '@', ..])
        .Rule("UDS may not be a dir", static a => !a.StartsWith(Unix, StringComparison.Ordinal) || !a.EndsWith('/'));

    public static ObjectSchema Template { get; } = Make();

    public static ObjectSchema Entry { get; } = Make().Rule("Address is required", static entry => entry.Has("address") || entry.Has("network"));

    public static KindSchema Schema { get; } = new(Entry, RequiresSpec: true);

    private static ObjectSchema Make() => new ObjectSchema
    {
        { "address", s_address },
        { "ports", MapOf(Port, max: 128).Rule("port name must be valid", static ports => ports.Fields.All(static p => PortName().IsMatch(p.Key))) },
        { "labels", MapOf(Text, max: 256) },
        { "network", TextOf(0, 2048) },
        { "locality", TextOf(0, 2048) },
        { "weight", UInt },
        { "serviceAccount", TextOf(0, 253) },
    }.Rule("UDS may not include ports", static entry => entry.TextAt("address")?.StartsWith(Unix, StringComparison.Ordinal) is not true || !entry.Has("ports"));

    [GeneratedRegex("^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,60}[a-zA-Z0-9])?$")]
    private static partial Regex PortName();
}
