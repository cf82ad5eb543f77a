using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes header edits. Pseudo headers and the host cannot be removed and are passed over, as in Istio.</summary>
internal static class HeaderLowering
{
    public static HeaderOperations Request(HeadersSpec? headers) => Lower(headers?.Request);

    public static HeaderOperations Response(HeadersSpec? headers) => Lower(headers?.Response);

    private static HeaderOperations Lower(HeaderOperationsSpec? spec) =>
        spec is null || spec is { Set.Count: 0, Add.Count: 0, Remove.Count: 0 } ? HeaderOperations.None : new HeaderOperations
        {
            Set = spec.Set,
            Add = spec.Add,
            Remove = [.. spec.Remove.Where(static name => name.Length > 0 && name[0] != ':' && !string.Equals(name, "host", StringComparison.OrdinalIgnoreCase))],
        };
}
